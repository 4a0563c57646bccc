package io.streamkeep.aws.dynamodb.scan;

import static io.streamkeep.aws.dynamodb.events.CommitItemTest.stored;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.reconcile.ScanCheckpointStore.Checkpoint;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.reconcile.ScanCycle.SeenMarker;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoScanCheckpointStoreTest {

  private static final Instant FIRST = Instant.parse("2026-03-01T11:00:01Z");
  private static final ScanCycle CYCLE =
      new ScanCycle(
          Instant.parse("2026-03-02T10:15:30.123Z"),
          FIRST,
          "2 order#3728ecd8-e187-828f-83ab-b70de50f8438",
          null);

  @Test
  void checkpointMatchesItsStoredForm() throws IOException {
    assertThat(DynamoScanCheckpointStore.read(stored("cycle.json")))
        .isEqualTo(new Checkpoint(CYCLE, 1812));
    assertThat(DynamoScanCheckpointStore.write("#cycle/1", CYCLE, 1812))
        .isEqualTo(stored("cycle.json"));

    ScanCycle marked =
        new ScanCycle(
            CYCLE.start(), FIRST, null, new SeenMarker("8143 12 0", FIRST.minusSeconds(3600)));
    assertThat(DynamoScanCheckpointStore.read(stored("cycle-marked.json")))
        .isEqualTo(new Checkpoint(marked, 2));
    assertThat(DynamoScanCheckpointStore.write("#cycle/1", marked, 2))
        .isEqualTo(stored("cycle-marked.json"));

    ScanCycle first = ScanCycle.first(FIRST);
    assertThat(DynamoScanCheckpointStore.read(stored("cycle-first.json")))
        .isEqualTo(new Checkpoint(first, 1));
    assertThat(DynamoScanCheckpointStore.write("#cycle/1", first, 1))
        .isEqualTo(stored("cycle-first.json"));
  }

  @Test
  void keyIsNotAStreams() {
    Map<String, AttributeValue> item = DynamoScanCheckpointStore.write("#cycle/1", CYCLE, 1);
    String key = requireNonNull(item.get("stream")).s();

    assertThatThrownBy(() -> StreamId.parse(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void brokenCheckpointIsUnreadable() throws IOException {
    assertBroken("schema", fromN("2"));
    assertBroken("schema", fromS("1"));
    assertBroken("start", fromS("today"));
    assertBroken("previous", fromN("1"));
    assertBroken("position", fromN("1"));
    assertBroken("marker", fromS("8143 12 0"));
  }

  private static void assertBroken(String name, AttributeValue value) throws IOException {
    Map<String, AttributeValue> item = new HashMap<>(stored("cycle.json"));
    item.put(name, value);
    assertThatThrownBy(() -> DynamoScanCheckpointStore.read(item))
        .as(name)
        .isInstanceOf(UnreadableException.class);
  }
}
