package io.streamkeep.aws.dynamodb.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DynamoJson;
import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecentCommands;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stored items stay readable permanently: each form ever written has a fixture. */
public final class CommitItemTest {

  /** A stored item in the test resources. */
  public static Map<String, AttributeValue> stored(String name) throws IOException {
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

  private static final Metadata METADATA =
      new Metadata(null, new CorrelationId("web:7f1c.2_A-9"), null, null, null);

  private static final Snapshot SNAPSHOT =
      new Snapshot(
          3,
          "{\"status\":\"completed\"}",
          RecentCommands.NONE
              .with(new CommandId("key-1"), Instant.parse("2026-03-01T10:14:10Z"))
              .with(new CommandId("key-2"), Instant.parse("2026-03-01T10:15:30.123Z")));

  /** The older format, with four bytes of each command's hash. */
  private static final Snapshot OLD_SNAPSHOT =
      new Snapshot(
          SNAPSHOT.schema(),
          SNAPSHOT.state(),
          RecentCommands.ofFourByteHashes(
              new byte[] {0, 1, 2, 3}, Instant.parse("2026-03-01T10:15:30.123Z")));

  @Test
  void commitMatchesItsStoredForm() throws IOException {
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
    SdkBytes previous = SdkBytes.fromByteArray(new byte[32]);

    assertThat(CommitItem.write(commit, null, previous))
        .isEqualTo(stored("commit-with-metadata.json"));
    assertThat(CommitItem.read(stored("commit-with-metadata.json"))).isEqualTo(commit);
  }

  @Test
  void itemWithOnlyACorrelationIsRead() throws IOException {
    Commit commit = commit(METADATA);
    assertThat(CommitItem.read(stored("commit.json"))).isEqualTo(commit);
    assertThat(CommitItem.write(commit, null, null)).isEqualTo(stored("commit.json"));
  }

  @Test
  void itemWithoutMetadataIsRead() throws IOException {
    Map<String, AttributeValue> old = stored("commit-without-correlation.json");

    assertThat(CommitItem.read(old)).isEqualTo(commit(Metadata.NONE));
    assertThat(CommitItem.write(commit(Metadata.NONE), null, null)).isEqualTo(old);
  }

  @Test
  void snapshotMatchesItsStoredForm() throws IOException {
    Map<String, AttributeValue> stored = stored("commit-with-snapshot.json");

    assertThat(CommitItem.write(commit(METADATA), SNAPSHOT, null)).isEqualTo(stored);
    assertThat(CommitItem.read(stored)).isEqualTo(commit(METADATA));
    assertThat(CommitItem.snapshot(stored)).contains(SNAPSHOT);
    assertThat(CommitItem.snapshot(stored("commit.json"))).isEmpty();
  }

  @Test
  void snapshotWithFourBytesPerCommandIsRead() throws IOException {
    Map<String, AttributeValue> old = stored("commit-with-old-snapshot.json");

    assertThat(CommitItem.read(old)).isEqualTo(commit(METADATA));
    assertThat(CommitItem.snapshot(old)).contains(OLD_SNAPSHOT);
  }

  private static Commit large() {
    RecordedEvent event = new RecordedEvent("thing.happened", 2, "{\"a\":\"Zoë " + "é".repeat(600));
    Commit small = commit(METADATA);
    return new Commit(
        small.stream(),
        small.number(),
        small.version(),
        List.of(event, new RecordedEvent("thing.ended", 1, "{}")),
        small.time(),
        small.command(),
        small.fingerprint(),
        small.metadata());
  }

  /** Compressed bytes may differ between JDK versions, but each version can read them. */
  @Test
  void compressedItemIsRead() throws IOException {
    Map<String, AttributeValue> stored = stored("commit-packed.json");

    assertThat(CommitItem.read(stored)).isEqualTo(large());
    assertThat(CommitItem.snapshot(stored)).contains(OLD_SNAPSHOT);
  }

  @Test
  void itemIsCompressedIfThatSavesAWriteUnit() {
    Map<String, AttributeValue> deflated = CommitItem.write(large(), SNAPSHOT, null);

    assertThat(deflated).containsKey("packed").doesNotContainKey("events");
    assertThat(ItemSize.of(deflated)).isLessThan(1024);
    assertThat(CommitItem.read(deflated)).isEqualTo(large());
    assertThat(CommitItem.snapshot(deflated)).contains(SNAPSHOT);
    assertThat(CommitItem.read(CommitItem.write(large(), null, null))).isEqualTo(large());
    assertThat(CommitItem.write(commit(METADATA), null, null)).containsKey("events");
  }

  @Test
  void itemIsNotCompressedIfThatSavesNothing() {
    String noise =
        new Random(1)
            .ints(2560, ' ', 0x7f)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    Commit small = commit(METADATA);
    Commit commit =
        new Commit(
            small.stream(),
            small.number(),
            small.version(),
            List.of(new RecordedEvent("noise", 1, noise)),
            small.time(),
            small.command(),
            small.fingerprint(),
            small.metadata());
    Map<String, AttributeValue> item = CommitItem.write(commit, null, null);

    assertThat(item).containsKey("events");
    assertThat(ItemSize.of(item)).isGreaterThan(2048);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AA==", "Y2BgYGAEAA=="})
  void brokenCompressedItemIsUnreadable(String base64) throws IOException {
    Map<String, AttributeValue> broken = new HashMap<>(stored("commit-packed.json"));
    broken.put("packed", fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(base64))));

    assertThatThrownBy(() -> CommitItem.read(broken)).isInstanceOf(UnreadableException.class);
  }

  @Test
  void hashCoversEveryAttribute() throws IOException {
    Map<String, AttributeValue> item = stored("commit-packed.json");
    assertThat(Base64.getEncoder().encodeToString(ItemHash.of(item).asByteArray()))
        .isEqualTo("ctLI0qv9iN6bLkCB3ExRUSrp1wbDZOlsIiffikJBGug=");
    for (String name : item.keySet()) {
      Map<String, AttributeValue> other = new HashMap<>(item);
      other.remove(name);
      assertThat(ItemHash.of(other)).isNotEqualTo(ItemHash.of(item));
    }
    Map<String, AttributeValue> other = new HashMap<>(item);
    other.put("command", fromS("key-3"));
    assertThat(ItemHash.of(other)).isNotEqualTo(ItemHash.of(item));
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "correlation", "causation", "trace", "traceState", "tenant"})
  void invalidMetadataIsUnreadable(String field) throws IOException {
    Map<String, AttributeValue> broken = new HashMap<>(stored("commit-with-metadata.json"));
    broken.put(field, fromS("anna @example.com"));

    assertThatThrownBy(() -> CommitItem.read(broken))
        .isInstanceOf(UnreadableException.class)
        .hasMessageNotContaining("anna");
  }
}
