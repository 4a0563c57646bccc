package io.streamkeep.aws.dynamodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.Json;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items are read for ever: there is a fixture of each form that was ever written. */
final class CommitItemTest {

  private static Map<String, AttributeValue> stored(String name) throws IOException {
    try (InputStream file = CommitItemTest.class.getResourceAsStream("/stored/" + name)) {
      return DynamoJson.item(Json.read(requireNonNull(file)));
    }
  }

  private static Commit commit(Metadata metadata) {
    return new Commit(
        new StreamId("order", "3728ecd8-e187-828f-83ab-b70de50f8438"),
        2,
        3,
        List.of(
            new RecordedEvent("order.confirmed", 1, "{}"),
            new RecordedEvent("order.completed", 1, "{}")),
        Instant.parse("2026-03-01T10:15:30.123Z"),
        new CommandId("key-2"),
        new Fingerprint("AAECAwQFBgcICQoLDA0ODw"),
        metadata);
  }

  @Test
  void isWrittenAndReadAsItIsStored() throws IOException {
    Commit commit = commit(new Metadata(new CorrelationId("web:7f1c.2_A-9")));

    assertThat(CommitItem.write(commit, null)).isEqualTo(stored("commit.json"));
    assertThat(CommitItem.read(stored("commit.json"))).isEqualTo(commit);
  }

  @Test
  void anItemFromBeforeTheCorrelationIsRead() throws IOException {
    Map<String, AttributeValue> old = stored("commit-without-correlation.json");

    assertThat(CommitItem.read(old)).isEqualTo(commit(Metadata.NONE));
    assertThat(CommitItem.write(commit(Metadata.NONE), null)).isEqualTo(old);
  }

  @Test
  void aCorrelationThatIsNoneIsNotReadAsOne() throws IOException {
    Map<String, AttributeValue> broken = new HashMap<>(stored("commit.json"));
    broken.put("correlation", fromS("anna@example.com"));

    assertThatThrownBy(() -> CommitItem.read(broken))
        .isInstanceOf(UnreadableException.class)
        .hasMessageNotContaining("anna");
  }
}
