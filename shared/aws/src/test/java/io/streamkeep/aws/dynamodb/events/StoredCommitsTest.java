package io.streamkeep.aws.dynamodb.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.AppendResult.Conflict;
import io.streamkeep.kernel.store.EventStore.CommitPage;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.History;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecentCommands;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stored items of a stream: their hash chain, and broken snapshots. */
final class StoredCommitsTest {

  private static final StreamId STREAM = new StreamId("thing", "1");
  private static final int COMMITS = 30;
  private static final RecentCommands NO_COMMANDS = RecentCommands.of(new byte[0]);

  private final HeldCommits table = new HeldCommits();
  private final EventStore store = new DynamoEventStore(table, "events");

  /** Every fourth is large enough to be compressed; every sixth has a snapshot. */
  private static NewCommit newCommit(int number) {
    String data = "{\"text\":\"" + "x".repeat(number % 4 == 0 ? 3000 : 10) + "\"}";
    return new NewCommit(
        List.of(new RecordedEvent("thing.happened", 1, data)),
        Instant.EPOCH,
        new CommandId("c" + number),
        new Fingerprint("f"),
        Metadata.NONE,
        commit -> Optional.of(new Snapshot(1, "{\"at\":" + number + "}", NO_COMMANDS)));
  }

  private Head append(Head head, int number) {
    return ((Appended) store.append(head, newCommit(number))).commits().getFirst().head();
  }

  private Head lose(Head head, int number) {
    return ((Conflict) store.append(head, newCommit(number))).winners().getFirst().head();
  }

  private Head load() {
    return store.load(STREAM, EventStore.NEWEST, snapshot -> true).head();
  }

  private void appendAll() {
    Head head = load();
    for (int number = 1; number <= COMMITS; number++) {
      head = append(head, number);
    }
  }

  /** Each item has the hash of the previous one, and every form of item occurs. */
  private void assertChained() {
    assertThat(table.items()).hasSize(COMMITS);
    assertThat(table.items().getFirst()).doesNotContainKey("previous");
    for (int i = 1; i < COMMITS; i++) {
      assertThat(table.items().get(i))
          .containsEntry("previous", fromB(ItemHash.of(table.items().get(i - 1))));
    }
    assertThat(table.items().stream().map(StoredCommitsTest::form).collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(
                Set.of("events"),
                Set.of("packed"),
                Set.of("events", "snapshot"),
                Set.of("packed", "snapshot")));
  }

  private static Set<String> form(Map<String, AttributeValue> item) {
    return Stream.of("events", "packed", "snapshot")
        .filter(item::containsKey)
        .collect(Collectors.toSet());
  }

  @Test
  void chainContinuesFromAnAppend() {
    appendAll();

    assertChained();
  }

  @Test
  void chainContinuesFromAConflict() {
    Head head = load();
    for (int number = 1; number <= COMMITS; number++) {
      append(head, number);
      head = lose(head, number);
    }

    assertChained();
  }

  @Test
  void chainContinuesFromALoad() {
    for (int number = 1; number <= COMMITS; number++) {
      append(load(), number);
    }

    assertChained();
  }

  static Stream<Named<UnaryOperator<AttributeValue>>> breaks() {
    return Stream.of(
        Named.of("not a map", snapshot -> fromS("none")),
        Named.of("three bytes", snapshot -> with(snapshot, "recent", threeBytes())),
        Named.of("old and three bytes", snapshot -> with(snapshot, "commands", threeBytes())),
        Named.of("not bytes", snapshot -> with(snapshot, "recent", fromS("none"))),
        Named.of("fractional schema", snapshot -> with(snapshot, "schema", fromN("1.5"))),
        Named.of("not text", snapshot -> with(snapshot, "state", fromN("1"))));
  }

  /** A run starts with six, an older format has four for each command. */
  private static AttributeValue threeBytes() {
    return fromB(SdkBytes.fromByteArray(new byte[3]));
  }

  private static AttributeValue with(AttributeValue map, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(map.m());
    changed.put(name, value);
    return fromM(changed);
  }

  /** The newest commit has a snapshot, and so has the 24th. */
  @ParameterizedTest
  @MethodSource("breaks")
  void brokenSnapshotIsIgnored(UnaryOperator<AttributeValue> broken) {
    appendAll();
    List<Commit> all = store.load(STREAM).commits();

    table.change(COMMITS, "snapshot", broken);

    History history = store.load(STREAM, EventStore.NEWEST, snapshot -> true);
    assertThat(requireNonNull(history.base()).commit()).isEqualTo(all.get(23));
    assertThat(history.commits()).isEqualTo(all.subList(24, COMMITS));
  }

  /** Only the winner's commit is used. */
  @ParameterizedTest
  @MethodSource("breaks")
  void conflictWithABrokenSnapshotIsContinuedFrom(UnaryOperator<AttributeValue> broken) {
    Head head = load();
    for (int number = 1; number <= 5; number++) {
      head = append(head, number);
    }
    append(head, 6);
    table.change(6, "snapshot", broken);

    append(lose(head, 7), 7);

    assertThat(store.load(STREAM).commits())
        .extracting(commit -> commit.command().value())
        .containsExactly("c1", "c2", "c3", "c4", "c5", "c6", "c7");
  }

  /** Far more pages than a page limit can grow in an int. */
  @Test
  void longStreamIsLoaded_withoutASnapshot() {
    int commits = 25_000;
    append(load(), 1);
    Map<String, AttributeValue> first = table.items().getFirst();
    for (int number = 2; number <= commits; number++) {
      Map<String, AttributeValue> item = new HashMap<>(first);
      item.put("commit", fromN(Integer.toString(number)));
      item.put("version", fromN(Integer.toString(number)));
      item.put("padding", fromS("x".repeat(700)));
      table.items().add(item);
    }

    assertThat(store.load(STREAM).commits()).hasSize(commits);
  }

  @Test
  void commitsBeforeABrokenOneAreRead() {
    appendAll();
    table.change(3, "time", time -> fromS("yesterday"));

    CommitPage page = store.read(STREAM, 0, 100);

    assertThat(page.commits()).extracting(Commit::number).containsExactly(1L, 2L);
    assertThat(page.more()).isTrue();
    assertThatThrownBy(() -> store.read(STREAM, 2, 100)).isInstanceOf(UnreadableException.class);
  }
}
