package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendResult;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.AppendResult.Conflict;
import io.streamkeep.kernel.store.EventStore.AppendResult.TooLarge;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.EventStore.CommitPage;
import io.streamkeep.kernel.store.EventStore.ConcurrentCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.History;
import io.streamkeep.kernel.store.EventStore.Limit;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The contract of every event store for a single stream. */
abstract class StreamContract {

  static final Instant TIME = Instant.parse("2026-03-01T10:15:30.123Z");

  private static final int LARGE_COMMITS = 33;

  private static final long PAGE = 1024 * 1024;

  final StreamId stream = new StreamId("contract", UUID.randomUUID().toString());

  /** The store under test; it may hold the streams of other tests. */
  protected abstract EventStore store();

  /** The same store, as opened by another process. */
  protected abstract EventStore elsewhere();

  @Test
  void missingStreamIsEmpty() {
    assertThat(store().load(stream).commits()).isEmpty();
    assertThat(store().read(stream, 0, 10)).isEqualTo(new CommitPage(List.of(), false));
  }

  @Test
  void commitIsLoadedExactlyAsAppended() {
    Metadata metadata =
        new Metadata(
            new Actor("arn:aws:sts::111122223333:assumed-role/shop/anna@example.com"),
            new CorrelationId("web:7f1c.2_A-9"),
            new CausationId("order#1/2"),
            new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1,congo=2"),
            new TenantId("shop-7"));
    List<RecordedEvent> events =
        List.of(
            new RecordedEvent("thing.happened", 1, "{\"text\":\"Zoë \\\" \\u0000 \uD83D\uDE00\"}"),
            new RecordedEvent("thing.ended", 12, "{}"));
    NewCommit newCommit =
        new NewCommit(events, TIME, new CommandId("c-1"), new Fingerprint("f-1"), metadata);

    AppendResult result = store().append(store().load(stream).head(), newCommit);

    Commit expected =
        new Commit(
            stream, 1, 2, events, TIME, new CommandId("c-1"), new Fingerprint("f-1"), metadata);
    assertThat(commits(result)).containsExactly(expected);
    assertThat(store().load(stream).commits()).containsExactly(expected);
    assertThat(store().read(stream, 0, 10).commits()).containsExactly(expected);
  }

  @Test
  void commitsAreNumberedWithoutGapsAndVersionsCountEvents() {
    append(3, 1);

    List<Commit> commits = store().load(stream).commits();
    assertThat(commits).extracting(Commit::number).containsExactly(1L, 2L, 3L);
    assertThat(commits).extracting(Commit::version).containsExactly(1L, 2L, 3L);
    assertThat(commits).extracting(Commit::metadata).containsOnly(Metadata.NONE);
  }

  @Test
  void headNumberIsThatOfTheNewestCommit() {
    assertThat(store().headNumber(stream)).isZero();
    append(3, 1);

    assertThat(store().headNumber(stream)).isEqualTo(3);
  }

  /** More commits than fit into one request, and a missing one. */
  @Test
  void commitsAreFoundByTheirNumbers() {
    append(120, 10);
    List<CommitId> ids =
        LongStream.rangeClosed(1, 121).mapToObj(number -> new CommitId(stream, number)).toList();

    assertThat(store().commits(ids))
        .containsExactlyInAnyOrderElementsOf(store().read(stream, 0, 200).commits())
        .hasSize(120);
    assertThat(store().commits(List.of(ids.get(4), ids.get(4)))).hasSize(1);
    assertThat(store().commits(List.of())).isEmpty();
  }

  @Test
  void onlyOneOfTwoAppendsAfterTheSameHeadSucceeds() {
    Head head = store().load(stream).head();

    AppendResult first = store().append(head, newCommit("a", 10));
    AppendResult second = store().append(head, newCommit("b", 10));

    assertThat(winners(second)).isEqualTo(commits(first));
    assertThat(store().load(stream).commits())
        .extracting(Commit::command)
        .containsExactly(new CommandId("a"));
  }

  /** With event numbers as keys, these two would not conflict. */
  @Test
  void onlyOneOfTwoAppendsSucceeds_whenTheyHaveDifferentNumbersOfEvents() {
    Head head = store().load(stream).head();
    NewCommit one = newCommit("one", 10);
    RecordedEvent event = one.events().getFirst();
    NewCommit three =
        new NewCommit(
            List.of(event, event, event),
            TIME,
            new CommandId("three"),
            one.fingerprint(),
            Metadata.NONE);

    AppendResult first = store().append(head, three);
    AppendResult second = store().append(head, one);

    assertThat(commits(first)).hasSize(1);
    assertThat(winners(second)).isEqualTo(commits(first));
    assertThat(store().load(stream).commits()).isEqualTo(commits(first));
  }

  /** A store that caches its reads would miss the commit. */
  @Test
  void commitOfAnotherProcessIsLoaded() {
    assertThat(store().load(stream).commits()).isEmpty();
    EventStore other = elsewhere();
    AppendResult appended = other.append(other.load(stream).head(), newCommit("a", 10));

    assertThat(commits(appended)).hasSize(1);
    assertThat(store().load(stream).commits()).isEqualTo(commits(appended));
    assertThat(store().read(stream, 0, 10).commits()).isEqualTo(commits(appended));
  }

  @Test
  void oldHeadConflictsWithTheCommitRightAfterIt() {
    append(1, 10);
    Head head = store().load(stream).head();
    append(3, 10);

    AppendResult late = store().append(head, newCommit("late", 10));

    assertThat(winners(late)).containsExactly(store().load(stream).commits().get(1));
    assertThat(store().load(stream).commits()).hasSize(4);
  }

  @Test
  void conflictReturnsTheHeadAfterTheWinner() {
    Head head = store().load(stream).head();
    append(1, 10);

    Conflict conflict = (Conflict) store().append(head, newCommit("b", 10));
    AppendResult next = store().append(conflict.winners().getFirst().head(), newCommit("b", 10));

    assertThat(commits(next)).extracting(Commit::number).containsExactly(2L);
  }

  @Test
  void appendReturnsTheHeadForTheNextAppend() {
    Head head = store().load(stream).head();
    for (int i = 0; i < 3; i++) {
      Appended appended = (Appended) store().append(head, newCommit("c" + i, 10));
      head = appended.commits().getFirst().head();
    }

    assertThat(store().load(stream).commits())
        .extracting(commit -> commit.command().value())
        .containsExactly("c0", "c1", "c2");
  }

  @Test
  void streamIsLoadedUpToACommit() {
    append(5, 10);

    History history = store().load(stream, 3, snapshot -> false);

    assertThat(history.commits()).isEqualTo(store().load(stream).commits().subList(0, 3));
    assertThat(winners(store().append(history.head(), newCommit("late", 10))))
        .extracting(Commit::number)
        .containsExactly(4L);
  }

  @Test
  void tooLargeCommitIsRefusedWithTheLimit() {
    Head head = store().load(stream).head();

    AppendResult result = store().append(head, incompressible("large", 500_000));

    assertThat(result)
        .isInstanceOfSatisfying(
            TooLarge.class,
            tooLarge -> {
              assertThat(tooLarge.limit()).isEqualTo(Limit.COMMIT_BYTES);
              assertThat(tooLarge.size()).isGreaterThan(409_600);
            });
    assertThat(store().load(stream).commits()).isEmpty();
  }

  @Test
  void exactlyOneOfManyRacingWritersWinsEachCommit() throws Exception {
    int rounds = 10;

    int won =
        won(
            8,
            rounds,
            (writer, round) -> {
              Head head = store().load(stream).head();
              return () -> store().append(head, newCommit("r" + round, 100));
            });

    assertThat(won).isEqualTo(rounds);
    assertThat(store().load(stream).commits())
        .extracting(Commit::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, rounds).boxed().toList());
  }

  /** Prepares one attempt; all writers' attempts of a round then start together. */
  interface Racer {
    Supplier<AppendResult> prepare(int writer, int round);
  }

  /** The number of successful appends, if in each round all writers append at the same time. */
  static int won(int writers, int count, Racer racer) throws Exception {
    Phaser rounds = new Phaser(writers);
    List<Callable<Integer>> races =
        IntStream.range(0, writers)
            .mapToObj(w -> (Callable<Integer>) () -> race(w, count, racer, rounds))
            .toList();
    int won = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (Future<Integer> race : threads.invokeAll(races)) {
        won += race.get();
      }
    }
    return won;
  }

  /** A writer that throws leaves the race, so that the others don't wait for it. */
  private static int race(int writer, int count, Racer racer, Phaser rounds) {
    try {
      int won = 0;
      for (int round = 0; round < count; round++) {
        Supplier<AppendResult> append = racer.prepare(writer, round);
        rounds.arriveAndAwaitAdvance();
        if (append.get() instanceof Appended) {
          won++;
        }
        rounds.arriveAndAwaitAdvance();
      }
      return won;
    } finally {
      rounds.arriveAndDeregister();
    }
  }

  @Test
  void streamsAreIndependent() throws ExecutionException {
    append(2, 10);
    StreamId other = new StreamId("contract", stream.key() + "-other");

    assertThat(store().load(other).commits()).isEmpty();
    assertThat(store().append(store().load(other).head(), newCommit("a", 10)))
        .isInstanceOf(Appended.class);
    assertThat(store().load(stream).commits()).hasSize(2);
  }

  /** The stream is longer than any page, so a load must not end with the first page. */
  @Test
  void longStreamIsLoadedCompletely() {
    appendPages();

    History history = store().load(stream);

    assertThat(history.commits()).hasSize(LARGE_COMMITS);
    assertThat(history.head().size().bytes()).isGreaterThan(3 * PAGE);
    assertThat(store().append(history.head(), newCommit("next", 10))).isInstanceOf(Appended.class);
  }

  @Test
  void pagesContinueToTheEndOfTheStream() {
    appendPages();

    List<Long> seen = new ArrayList<>();
    CommitPage page;
    do {
      page = store().read(stream, seen.isEmpty() ? 0 : seen.getLast(), 12);
      assertThat(page.commits()).hasSizeBetween(1, 12);
      page.commits().forEach(commit -> seen.add(commit.number()));
    } while (page.more());

    assertThat(seen)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, LARGE_COMMITS).boxed().toList());
    assertThat(store().read(stream, LARGE_COMMITS, 12)).isEqualTo(new CommitPage(List.of(), false));
  }

  @Test
  void foreignHeadIsRefused() {
    assertThatThrownBy(() -> store().append(new ForeignHead(stream), newCommit("a", 10)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private record ForeignHead(StreamId stream) implements Head {
    @Override
    public ReplaySize size() {
      return ReplaySize.NOTHING;
    }
  }

  static List<Commit> commits(AppendResult result) {
    return result instanceof Appended(List<AppendedCommit> parts)
        ? parts.stream().map(AppendedCommit::commit).toList()
        : List.of();
  }

  static List<Commit> winners(AppendResult result) {
    return result instanceof Conflict(List<ConcurrentCommit> winners)
        ? winners.stream().map(ConcurrentCommit::winner).toList()
        : List.of();
  }

  /** A commit of random letters, which do not compress. */
  static NewCommit incompressible(String command, int letters) {
    StringBuilder text = new StringBuilder();
    new Random(7)
        .ints(letters, ' ', 0x3000)
        .filter(c -> c != '"' && c != '\\')
        .forEach(text::appendCodePoint);
    return newCommit(command, text.toString());
  }

  /** Over 100 KB each, compressed or not, so fewer than twelve fill a page of DynamoDB. */
  private void appendPages() {
    Head head = store().load(stream).head();
    for (int i = 0; i < LARGE_COMMITS; i++) {
      Appended appended = (Appended) store().append(head, incompressible("c" + i, 50_000));
      head = appended.commits().getFirst().head();
    }
  }

  void append(int commits, int bytes) {
    for (int i = 0; i < commits; i++) {
      Head head = store().load(stream).head();
      assertThat(store().append(head, newCommit("c" + UUID.randomUUID(), bytes)))
          .isInstanceOf(Appended.class);
    }
  }

  static NewCommit newCommit(String command, int bytes) {
    return newCommit(command, "x".repeat(bytes));
  }

  static NewCommit newCommit(String command, String text) {
    RecordedEvent event = new RecordedEvent("thing.happened", 1, "{\"text\":\"" + text + "\"}");
    return new NewCommit(
        List.of(event), TIME, new CommandId(command), new Fingerprint("f"), Metadata.NONE);
  }
}
