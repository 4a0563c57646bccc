package io.streamkeep.testkit;

import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Rejection;
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
import io.streamkeep.testkit.contract.Counter;
import io.streamkeep.testkit.contract.ForwardingEventStore;
import io.streamkeep.testkit.spec.FakeClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
  private final FakeClock time = new FakeClock();
  private final AtomicInteger conflicts = new AtomicInteger();

  @Test
  void appendsWhatWasDecided() {
    assertThat(handle(store, add("a", 5))).isEqualTo(new Outcome.Completed<>(5L, 1));

    Commit commit = store.load(STREAM).commits().getFirst();
    assertThat(commit.events()).containsExactly(new RecordedEvent("counter.added", 1, "5"));
    assertThat(commit.command()).isEqualTo(new CommandId("a"));
    assertThat(commit.metadata()).isEqualTo(METADATA);
    assertThat(commit.time()).isEqualTo("2026-03-01T10:15:30.123Z");
  }

  @Test
  void aRejectionWritesNothing() {
    Outcome<Long> outcome = handle(store, add("a", Counter.MAX + 1));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "full", "It is full.")));
    assertThat(store.load(STREAM).commits()).isEmpty();
  }

  @Test
  void aCommandThatChangesNothingWritesNothing() {
    handle(store, add("a", 5));

    assertThat(handle(store, add("b", 0))).isEqualTo(new Outcome.Completed<>(5L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  @Test
  void aRepeatIsAnsweredAsTheFirstTimeWhateverCameLater() {
    handle(store, add("a", 5));
    handle(store, add("b", 7));

    assertThat(handle(store, add("a", 5))).isEqualTo(new Outcome.Completed<>(5L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(2);
  }

  @Test
  void anIdUsedForAnotherCommandIsRefused() {
    handle(store, add("a", 5));

    assertThat(handle(store, add("a", 6))).isEqualTo(new Outcome.CommandIdReused<>());
  }

  @Test
  void aPreconditionIsHeldAgainstWhatWasLoadedButNotForARepeat() {
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
  void theLastHundredCommandsAreRememberedAndNoMore() {
    for (int i = 1; i <= 101; i++) {
      handle(store, add("c" + i, 1));
    }

    assertThat(handle(store, add("c2", 1))).isEqualTo(new Outcome.Completed<>(2L, 2));
    assertThat(handle(store, add("c1", 1))).isEqualTo(new Outcome.Completed<>(102L, 102));
  }

  @Test
  void aLostRaceIsTriedAgainOnWhatTheWinnerLeft() {
    EventStore contended = losing(1);

    assertThat(handle(contended, add("a", 5))).isEqualTo(new Outcome.Completed<>(6L, 2));
    assertThat(time.waits()).isEmpty();
    assertThat(conflicts).hasValue(1);
  }

  @Test
  void triesAreBounded() {
    EventStore contended = losing(Integer.MAX_VALUE);

    assertThat(handle(contended, add("a", 5))).isEqualTo(new Outcome.RetriesExhausted<>(20));
    assertThat(store.load(STREAM).commits())
        .extracting(Commit::command)
        .doesNotContain(new CommandId("a"));
    assertThat(conflicts).hasValue(20);
  }

  @Test
  void aRepeatAtTheSameTimeElsewhereFindsItsOwnCommit() throws Exception {
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
  void anEventThatCanNotBeReadIsAnErrorAndNotDropped() {
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

  /** A store in which somebody else appends just before each of the first {@code times} appends. */
  private EventStore losing(int times) {
    return new ForwardingEventStore(store) {
      private int lost;

      @Override
      public AppendResult append(List<Write> writes, List<Head> unchanged) {
        if (lost++ < times) {
          NewCommit other =
              new NewCommit(
                  List.of(new Counter().encode(new Counter.Added(1))),
                  TIME,
                  new CommandId("other" + lost),
                  new Fingerprint("other"),
                  METADATA);
          store.append(store.load(STREAM).head(), other);
        }
        return store.append(writes, unchanged);
      }
    };
  }

  private Outcome<Long> handle(EventStore on, CommandEnvelope<Counter.Add> request) {
    Counter counter = new Counter();
    OptimisticCommandExecutor transactor = new OptimisticCommandExecutor(on, InstantSource.fixed(TIME), time, Duration.ZERO, 0);
    return new CommandHandler<>(transactor, counter, new Aggregate<>(counter, counter, null))
        .handle(STREAM, request, incident -> conflicts.incrementAndGet());
  }

  private static CommandEnvelope<Counter.Add> add(String id, long amount) {
    return new CommandEnvelope<>(
        new CommandId(id),
        Fingerprint.of("add", new byte[] {(byte) amount}),
        commit -> true,
        Instant.MAX,
        METADATA,
        new Counter.Add(amount));
  }
}
