package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.AppendResult.TooLarge;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.History;
import io.streamkeep.kernel.store.EventStore.Limit;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecentCommands;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

/** The contract of every event store. A store's test extends this and supplies the store. */
public abstract class EventStoreContract extends StreamContract {

  private static final RecentCommands NO_COMMANDS = RecentCommands.of(new byte[0]);

  private static final int LARGE = 4 * ReplaySize.THRESHOLD;

  private final StreamId other = new StreamId("contract", stream.key() + "-other");

  /** A snapshot whose state is the commit's number, so that a wrong one is recognised. */
  private static Snapshot snapshot(Commit commit, int schema) {
    return new Snapshot(schema, "{\"at\":" + commit.number() + "}", NO_COMMANDS);
  }

  private void appendWithSnapshots(int commits, int schema) {
    Head head = store().load(stream, Long.MAX_VALUE, snapshot -> snapshot.schema() == 2).head();
    for (int i = 0; i < commits; i++) {
      head = append(head, newCommit("c" + i, 400), commit -> snapshot(commit, schema));
    }
  }

  /** A text that hardly compresses. */
  private static String random(int length) {
    return new Random(1)
        .ints(length, '0', 'z')
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void streamIsLoadedFromItsNewestSnapshot() {
    appendWithSnapshots(100, 2);

    History history = store().load(stream, Long.MAX_VALUE, snapshot -> true);

    assertThat(history.base()).isNotNull();
    Commit base = Objects.requireNonNull(history.base()).commit();
    assertThat(history.base().snapshot()).isEqualTo(snapshot(base, 2));
    assertThat(history.commits()).hasSizeLessThan(ReplaySize.COMMITS);
    assertThat(store().load(stream).commits())
        .endsWith(history.commits().toArray(Commit[]::new))
        .contains(base, Index.atIndex((int) base.number() - 1));
    assertThat(commits(store().append(history.head(), newCommit("next", 10))))
        .extracting(Commit::number)
        .containsExactly(101L);
  }

  /** A snapshot would save nothing, since every load reads the first commit. */
  @Test
  void firstCommitHasNoSnapshot() {
    append(store().load(stream).head(), newCommit("c", LARGE), commit -> snapshot(commit, 2));

    assertThat(store().load(stream, Long.MAX_VALUE, snapshot -> true).base()).isNull();
  }

  @Test
  void snapshotAsLargeAsTheCommitsItReplacesIsNotWritten() {
    Snapshot large = new Snapshot(2, "{\"text\":\"" + random(LARGE) + "\"}", NO_COMMANDS);
    Head head = append(store().load(stream).head(), newCommit("c", random(LARGE)), commit -> large);
    append(head, newCommit("d", 100), commit -> large);

    assertThat(store().load(stream, Long.MAX_VALUE, snapshot -> true).base()).isNull();
  }

  /** A repeat that reaches a process without a cache, more than a hundred commits later. */
  @Test
  void repeatHasItsFirstOutcome_after300CommitsInFiveSeconds() {
    FakeClock clock = new FakeClock(TIME);
    StreamId counter = new StreamId("counter", stream.key());
    Outcome<Long> first = add(clock, counter, "repeated", 1);
    for (int i = 0; i < 300; i++) {
      clock.advance(Duration.ofSeconds(5).toNanos() / 300);
      add(clock, counter, "c" + i, i % 2 == 0 ? 1 : -1);
    }

    assertThat(add(clock, counter, "repeated", 1)).isEqualTo(first);

    History history = store().load(counter, Long.MAX_VALUE, snapshot -> true);
    assertThat(history.base()).as("a snapshot").isNotNull();
    assertThat(store().headNumber(counter)).isEqualTo(301);
  }

  private Outcome<Long> add(FakeClock clock, StreamId to, String id, long amount) {
    Counter counter = new Counter();
    return new CommandHandler<>(
            new OptimisticCommandExecutor(store(), clock, clock, Duration.ZERO, 0),
            counter,
            new Aggregate<>(counter, counter, new CounterState()))
        .handle(
            to,
            new CommandEnvelope<>(
                new CommandId(id),
                new Fingerprint("f"),
                commit -> true,
                clock.instant().plusSeconds(1), // where every append loses
                Metadata.NONE,
                new Counter.Add(amount)),
            event -> {});
  }

  private Head append(Head head, NewCommit plain, Function<Commit, Snapshot> snapshot) {
    NewCommit commit =
        new NewCommit(
            plain.events(),
            plain.time(),
            plain.command(),
            plain.fingerprint(),
            plain.metadata(),
            snapshot.andThen(Optional::of));
    return ((Appended) store().append(head, commit)).commits().getFirst().head();
  }

  @Test
  void snapshotsAreOfferedNewestFirstUntilOneIsUsable() {
    appendWithSnapshots(100, 2);

    List<Snapshot> rejected = new ArrayList<>();
    History history =
        store()
            .load(
                stream,
                Long.MAX_VALUE,
                snapshot -> rejected.size() == 2 || !rejected.add(snapshot));

    assertThat(rejected).hasSize(2).doesNotHaveDuplicates();
    Commit base = Objects.requireNonNull(history.base()).commit();
    assertThat(history.commits().getFirst().number()).isEqualTo(base.number() + 1);
    assertThat(history.commits().getLast().number()).isEqualTo(100);
  }

  @Test
  void streamIsLoadedCompletely_whenNoSnapshotIsUsable() {
    appendWithSnapshots(100, 1);

    History history = store().load(stream, Long.MAX_VALUE, snapshot -> false);

    assertThat(history.base()).isNull();
    assertThat(history.commits()).isEqualTo(store().read(stream, 0, 200).commits()).hasSize(100);
  }

  @Test
  void snapshotAfterTheRequestedCommitIsNotUsed() {
    appendWithSnapshots(100, 2);
    long newest =
        Objects.requireNonNull(store().load(stream, Long.MAX_VALUE, snapshot -> true).base())
            .commit()
            .number();

    History before = store().load(stream, newest - 1, snapshot -> true);

    assertThat(Objects.requireNonNull(before.base()).commit().number()).isLessThan(newest - 1);
    assertThat(before.commits().getLast().number()).isEqualTo(newest - 1);
    History at = store().load(stream, newest, snapshot -> true);
    assertThat(Objects.requireNonNull(at.base()).commit().number()).isEqualTo(newest);
    assertThat(at.commits()).isEmpty();
  }

  @Test
  void severalStreamsAreAppendedToTogether() {
    AppendResult result = store().append(List.of(write(stream, "a"), write(other, "a")), List.of());

    assertThat(commits(result)).extracting(Commit::stream).containsExactly(stream, other);
    assertThat(store().load(stream).commits()).hasSize(1);
    assertThat(store().load(other).commits()).hasSize(1);
  }

  @Test
  void nothingIsWritten_whenOneStreamHasAdvanced() {
    List<StreamAppend> writes = List.of(write(stream, "late"), write(other, "late"));
    AppendResult first = store().append(store().load(other).head(), newCommit("early", 10));

    AppendResult result = store().append(writes, List.of());

    assertThat(winners(result)).isEqualTo(commits(first));
    assertThat(store().load(stream).commits()).isEmpty();
    assertThat(store().load(other).commits()).hasSize(1);
  }

  @Test
  void appendConflicts_whenAnUnchangedStreamHasAdvanced() {
    Head read = store().load(other).head();
    StreamAppend write = write(stream, "a");
    AppendResult first = store().append(read, newCommit("early", 10));

    AppendResult result = store().append(List.of(write), List.of(read));

    assertThat(winners(result)).isEqualTo(commits(first));
    assertThat(store().load(stream).commits()).isEmpty();
    Head now = store().load(other).head();
    assertThat(commits(store().append(List.of(write), List.of(now)))).hasSize(1);
    assertThat(store().load(other).commits()).hasSize(1);
  }

  @Test
  void unchangedStreamsAreCheckedWithoutAWrite() {
    append(1, 10);
    List<Head> heads = List.of(store().load(stream).head(), store().load(other).head());

    assertThat(store().append(List.of(), heads)).isEqualTo(new Appended(List.of()));
    append(1, 10);
    assertThat(winners(store().append(List.of(), heads)))
        .extracting(Commit::number)
        .containsExactly(2L);
  }

  @Test
  void appendTakesAHundredStreamsAndNoMore() {
    List<StreamAppend> writes = IntStream.rangeClosed(1, 101).mapToObj(this::write).toList();

    assertThat(store().append(writes, List.of())).isEqualTo(new TooLarge(Limit.STREAMS, 101));
    assertThat(commits(store().append(writes.subList(0, 100), List.of()))).hasSize(100);
  }

  @Test
  void tooLargeCommitIsRefusedWithItsWholeAppend() {
    StreamAppend large =
        new StreamAppend(store().load(other).head(), incompressible("large", 500_000));

    AppendResult result = store().append(List.of(write(stream, "a"), large), List.of());

    assertThat(result).isInstanceOf(TooLarge.class);
    assertThat(store().load(stream).commits()).isEmpty();
  }

  /** Each transaction appends to both streams, or loses and appends to neither. */
  @Test
  void racingTransactionsAreWrittenCompletelyOrNotAtAll() throws Exception {
    int rounds = 5;

    int won =
        won(
            6,
            rounds,
            (writer, round) -> {
              String command = "w" + writer + "r" + round;
              List<StreamAppend> writes =
                  writer % 2 == 0
                      ? List.of(write(stream, command), write(other, command))
                      : List.of(write(other, command), write(stream, command));
              return () -> store().append(writes, List.of());
            });

    assertThat(store().load(stream).commits()).hasSize(won);
    assertThat(store().load(other).commits()).hasSize(won);
    assertThat(won).isBetween(1, rounds);
  }

  /** The number of random histories; fewer for a slow store. */
  protected int histories() {
    return 2_000;
  }

  @Test
  void randomHistoriesEndAsTheModelPredicts() {
    long first = Long.getLong("streamkeep.seed", 1);
    for (long seed = first; seed < first + histories(); seed++) {
      RandomHistories.run(seed, store(), stream.key(), seed % 50 == 0 ? 300 : 40);
    }
  }

  private StreamAppend write(int number) {
    return write(new StreamId("contract", stream.key() + "-" + number), "c");
  }

  private StreamAppend write(StreamId to, String command) {
    return new StreamAppend(store().load(to).head(), newCommit(command, 10));
  }
}
