package io.streamkeep.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.fixture.Counter;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
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
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CommandHandlerTest {

  private static final Instant TIME = Instant.parse("2026-03-01T10:15:30.123456789Z");
  private static final StreamId STREAM = new StreamId("counter", "1");
  private static final Metadata METADATA =
      new Metadata(
          new Actor("anna"),
          new CorrelationId("why"),
          new CausationId("request-1"),
          new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1"),
          new TenantId("shop-7"));

  private final EventStore store = new InMemoryEventStore();
  private final FakeClock clock = new FakeClock(TIME);
  private final AtomicInteger conflicts = new AtomicInteger();

  @Test
  void decidedEventsAreAppended() {
    assertThat(handle(store, add("a", 5))).isEqualTo(new Outcome.Completed<>(5L, 1));

    Commit commit = store.load(STREAM).commits().getFirst();
    assertThat(commit.events()).containsExactly(new RecordedEvent("counter.added", 1, "5"));
    assertThat(commit.command()).isEqualTo(new CommandId("a"));
    assertThat(commit.metadata()).isEqualTo(METADATA);
    assertThat(commit.time()).isEqualTo("2026-03-01T10:15:30.123Z");
  }

  @Test
  void rejectedCommandWritesNothing() {
    Outcome<Long> outcome = handle(store, add("a", Counter.MAX + 1));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "full", "It is full.")));
    assertThat(store.load(STREAM).commits()).isEmpty();
  }

  @Test
  void noOpWritesNothing() {
    handle(store, add("a", 5));

    assertThat(handle(store, add("b", 0))).isEqualTo(new Outcome.Completed<>(5L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  @Test
  void repeatGetsTheFirstOutcome_whateverCameLater() {
    handle(store, add("a", 5));
    handle(store, add("b", 7));

    assertThat(handle(store, add("a", 5))).isEqualTo(new Outcome.Completed<>(5L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(2);
  }

  @Test
  void commandIdOfAnotherCommandIsRefused() {
    handle(store, add("a", 5));

    assertThat(handle(store, add("a", 6))).isEqualTo(new Outcome.CommandIdReused<>());
  }

  @Test
  void preconditionIsCheckedOnLoadedStateButNotForARepeat() {
    handle(store, add("a", 5));
    CommandEnvelope<Counter.Add> second =
        new CommandEnvelope<>(
            new CommandId("b"),
            new Fingerprint("b"),
            commit -> commit == 1,
            Instant.MAX,
            METADATA,
            new Counter.Add(1));

    assertThat(handle(store, second)).isEqualTo(new Outcome.Completed<>(6L, 2));
    assertThat(handle(store, second)).isEqualTo(new Outcome.Completed<>(6L, 2));
    CommandEnvelope<Counter.Add> third =
        new CommandEnvelope<>(
            new CommandId("c"),
            new Fingerprint("c"),
            commit -> commit == 1,
            Instant.MAX,
            METADATA,
            new Counter.Add(1));
    assertThat(handle(store, third)).isEqualTo(new Outcome.PreconditionFailed<>(2));
  }

  @Test
  void onlyTheLastHundredCommandsAreRemembered_whenTheyAreOlderThan15Minutes() {
    handle(store, add("c1", 1));
    clock.advance(Duration.ofMinutes(16).toNanos());
    for (int i = 2; i <= 101; i++) {
      handle(store, add("c" + i, 1));
    }

    assertThat(handle(store, add("c2", 1))).isEqualTo(new Outcome.Completed<>(2L, 2));
    assertThat(handle(store, add("c1", 1))).isEqualTo(new Outcome.Completed<>(102L, 102));
  }

  @Test
  void firstConflictIsRetriedImmediatelyOnTheWinnersCommit() {
    EventStore contended = losing(1);

    assertThat(handle(contended, add("a", 5))).isEqualTo(new Outcome.Completed<>(6L, 2));
    assertThat(clock.sleeps()).isEmpty();
    assertThat(conflicts).hasValue(1);
  }

  @Test
  void laterConflictsAreRetriedAfterWaitsThatDoubleUpToABound() {
    EventStore contended = losing(9);

    assertThat(handle(contended, add("a", 5))).isEqualTo(new Outcome.Completed<>(14L, 10));
    assertThat(clock.sleeps())
        .extracting(nanos -> nanos / 1_000_000)
        .containsExactly(4L, 8L, 16L, 32L, 64L, 125L, 125L, 125L);
    assertThat(conflicts).hasValue(9);
  }

  @Test
  void retriesEndWithTheDeadline() {
    EventStore contended = losing(Integer.MAX_VALUE);
    Instant deadline = TIME.plusMillis(40);

    assertThat(handle(contended, add("a", 5, deadline)))
        .isEqualTo(new Outcome.RetriesExhausted<>(6));
    assertThat(clock.instant()).isEqualTo(deadline);
    assertThat(clock.sleeps())
        .extracting(nanos -> nanos / 1_000_000)
        .containsExactly(4L, 8L, 16L, 12L);
    assertThat(store.load(STREAM).commits())
        .extracting(Commit::command)
        .doesNotContain(new CommandId("a"));
    assertThat(conflicts).hasValue(6);
  }

  @Test
  void concurrentRepeatsFindTheSameCommit() throws Exception {
    int callers = 16;
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Callable<Outcome<Long>>> calls =
          IntStream.range(0, callers)
              .<Callable<Outcome<Long>>>mapToObj(i -> () -> handle(store, add("same", 5)))
              .toList();
      for (Future<Outcome<Long>> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(new Outcome.Completed<>(5L, 1));
      }
    }
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  @Test
  void unreadableEventIsAnErrorAndIsNotDropped() {
    NewCommit unknown =
        new NewCommit(
            List.of(new RecordedEvent("counter.squared", 1, "{}")),
            TIME,
            new CommandId("x"),
            new Fingerprint("x"),
            METADATA);
    store.append(store.load(STREAM).head(), unknown);

    assertThatThrownBy(() -> handle(store, add("a", 5)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("counter.squared");
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  /** A store to which another writer appends right before each of the first appends. */
  private EventStore losing(int times) {
    return new ForwardingEventStore(store) {
      private int lost;

      @Override
      public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
        if (lost++ < times) {
          NewCommit other = Counter.commit("other" + lost, 1);
          store.append(store.load(STREAM).head(), other);
        }
        return store.append(writes, unchanged);
      }
    };
  }

  private Outcome<Long> handle(EventStore on, CommandEnvelope<Counter.Add> envelope) {
    CommandExecutor executor = new OptimisticCommandExecutor(on, clock, clock, Duration.ZERO, 0);
    return new CommandHandler<>(executor, new Counter(), Counter.aggregate(null))
        .handle(STREAM, envelope, event -> conflicts.incrementAndGet());
  }

  private static CommandEnvelope<Counter.Add> add(String id, long amount) {
    return add(id, amount, Instant.MAX);
  }

  private static CommandEnvelope<Counter.Add> add(String id, long amount, Instant deadline) {
    return new CommandEnvelope<>(
        new CommandId(id),
        Fingerprint.of("add", new byte[] {(byte) amount}),
        commit -> true,
        deadline,
        METADATA,
        new Counter.Add(amount));
  }
}
