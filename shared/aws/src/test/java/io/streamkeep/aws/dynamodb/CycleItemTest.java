package io.streamkeep.aws.dynamodb;

import static io.streamkeep.aws.dynamodb.CommitItemTest.stored;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.reconcile.Cycle;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class CycleItemTest {

  private static final Instant FIRST = Instant.parse("2026-03-01T11:00:01Z");
  private static final Cycle CYCLE =
      new Cycle(
          Instant.parse("2026-03-02T10:15:30.123Z"),
          FIRST,
          "2 order#3728ecd8-e187-828f-83ab-b70de50f8438");

  @Test
  void whatIsStoredIsReadAndWrittenSo() throws IOException {
    assertThat(CycleItem.read(stored("cycle.json"))).isEqualTo(CYCLE);
    assertThat(CycleItem.writes(stored("cycle.json"))).isEqualTo(1812);
    assertThat(CycleItem.write(CYCLE, 1812)).isEqualTo(stored("cycle.json"));

    assertThat(CycleItem.read(stored("cycle-first.json"))).isEqualTo(Cycle.first(FIRST));
    assertThat(CycleItem.write(Cycle.first(FIRST), 1)).isEqualTo(stored("cycle-first.json"));
  }

  @Test
  void itsKeyIsNoStreams() {
    String key = requireNonNull(CycleItem.key().get("stream")).s();

    assertThatThrownBy(() -> StreamId.parse(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasNotWrittenSoIsAnError() throws IOException {
    assertBroken("schema", fromN("2"));
    assertBroken("schema", fromS("1"));
    assertBroken("start", fromS("today"));
    assertBroken("previous", fromN("1"));
    assertBroken("place", fromN("1"));
  }

  private static void assertBroken(String name, AttributeValue value) throws IOException {
    Map<String, AttributeValue> item = new HashMap<>(stored("cycle.json"));
    item.put(name, value);
    assertThatThrownBy(() -> CycleItem.read(item)).as(name).isInstanceOf(UnreadableException.class);
  }
}
