package io.streamkeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.Actor;
import io.streamkeep.kernel.Aggregate;
import io.streamkeep.kernel.CausationId;
import io.streamkeep.kernel.CommandHandler;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.EventStore.AppendResult;
import io.streamkeep.kernel.EventStore.Proposal;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.Rejection;
import io.streamkeep.kernel.Request;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.TenantId;
import io.streamkeep.kernel.TraceContext;
import io.streamkeep.kernel.Transactor;
import io.streamkeep.kernel.UnreadableException;
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
  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger conflicts = new AtomicInteger();

  @Test
  void appendsWhatWasDecided() {
    assertThat(handle(store, add("a", 5))).isEqualTo(new Outcome.Done<>(5L, 1));

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

    assertThat(handle(store, add("b", 0))).isEqualTo(new Outcome.Done<>(5L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  @Test
  void aRepeatIsAnsweredAsTheFirstTimeWhateverCameLater() {
    handle(store, add("a", 5));
    handle(store, add("b", 7));

    assertThat(handle(store, add("a", 5))).isEqualTo(new Outcome.Done<>(5L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(2);
  }

  @Test
  void anIdUsedForAnotherCommandIsRefused() {
    handle(store, add("a", 5));

    assertThat(handle(store, add("a", 6))).isEqualTo(new Outcome.Reused<>());
  }

  @Test
  void aPreconditionIsHeldAgainstWhatWasLoadedButNotForARepeat() {
    handle(store, add("a", 5));
    Request<Counter.Add> second =
        new Request<>(
            new CommandId("b"),
            new Fingerprint("b"),
            commit -> commit == 1,
            Instant.MAX,
            METADATA,
            new Counter.Add(1));

    assertThat(handle(store, second)).isEqualTo(new Outcome.Done<>(6L, 2));
    assertThat(handle(store, second)).isEqualTo(new Outcome.Done<>(6L, 2));
    Request<Counter.Add> third =
        new Request<>(
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

    assertThat(handle(store, add("c2", 1))).isEqualTo(new Outcome.Done<>(2L, 2));
    assertThat(handle(store, add("c1", 1))).isEqualTo(new Outcome.Done<>(102L, 102));
  }

  @Test
  void aLostRaceIsTriedAgainOnWhatTheWinnerLeft() {
    EventStore contended = losing(1);

    assertThat(handle(contended, add("a", 5))).isEqualTo(new Outcome.Done<>(6L, 2));
    assertThat(time.waits()).isEmpty();
    assertThat(conflicts).hasValue(1);
  }

  @Test
  void triesAreBounded() {
    EventStore contended = losing(Integer.MAX_VALUE);

    assertThat(handle(contended, add("a", 5))).isEqualTo(new Outcome.Contended<>(20));
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
        assertThat(call.get()).isEqualTo(new Outcome.Done<>(5L, 1));
      }
    }
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  @Test
  void anEventThatCanNotBeReadIsAnErrorAndNotDropped() {
    Proposal unknown =
        new Proposal(
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
    return new WrappedStore(store) {
      private int lost;

      @Override
      public AppendResult append(List<Write> writes, List<Head> unchanged) {
        if (lost++ < times) {
          Proposal other =
              new Proposal(
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

  private Outcome<Long> handle(EventStore on, Request<Counter.Add> request) {
    Counter counter = new Counter();
    Transactor transactor = new Transactor(on, InstantSource.fixed(TIME), time, Duration.ZERO, 0);
    return new CommandHandler<>(transactor, counter, new Aggregate<>(counter, counter, null))
        .handle(STREAM, request, incident -> conflicts.incrementAndGet());
  }

  private static Request<Counter.Add> add(String id, long amount) {
    return new Request<>(
        new CommandId(id),
        Fingerprint.of("add", new byte[] {(byte) amount}),
        commit -> true,
        Instant.MAX,
        METADATA,
        new Counter.Add(amount));
  }
}
