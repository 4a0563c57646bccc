package io.streamkeep.aws.dynamodb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.Json;
import io.streamkeep.kernel.Actor;
import io.streamkeep.kernel.CausationId;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.TenantId;
import io.streamkeep.kernel.TraceContext;
import io.streamkeep.kernel.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    Commit commit =
        commit(
            new Metadata(
                new Actor("arn:aws:sts::111122223333:assumed-role/shop/anna@example.com"),
                new CorrelationId("web:7f1c.2_A-9"),
                new CausationId("order#3728ecd8-e187-828f-83ab-b70de50f8438/1"),
                new TraceContext(
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "rojo=00f067aa0ba902b7"),
                new TenantId("shop-7")));

    assertThat(CommitItem.write(commit)).isEqualTo(stored("commit-with-metadata.json"));
    assertThat(CommitItem.read(stored("commit-with-metadata.json"))).isEqualTo(commit);
  }

  @Test
  void anItemOfTheCorrelationAloneIsRead() throws IOException {
    Commit commit =
        commit(new Metadata(null, new CorrelationId("web:7f1c.2_A-9"), null, null, null));

    assertThat(CommitItem.read(stored("commit.json"))).isEqualTo(commit);
    assertThat(CommitItem.write(commit)).isEqualTo(stored("commit.json"));
  }

  @Test
  void anItemFromBeforeTheCorrelationIsRead() throws IOException {
    Map<String, AttributeValue> old = stored("commit-without-correlation.json");

    assertThat(CommitItem.read(old)).isEqualTo(commit(Metadata.NONE));
    assertThat(CommitItem.write(commit(Metadata.NONE))).isEqualTo(old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "correlation", "causation", "trace", "traceState", "tenant"})
  void whatIsNotOfItsFormIsNotRead(String field) throws IOException {
    Map<String, AttributeValue> broken = new HashMap<>(stored("commit-with-metadata.json"));
    broken.put(field, fromS("anna @example.com"));

    assertThatThrownBy(() -> CommitItem.read(broken))
        .isInstanceOf(UnreadableException.class)
        .hasMessageNotContaining("anna");
  }
}
