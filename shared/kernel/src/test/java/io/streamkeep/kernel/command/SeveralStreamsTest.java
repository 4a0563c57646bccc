package io.streamkeep.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.fixture.Counter;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Commands over several streams, cached or not. */
final class SeveralStreamsTest {

  private static final Aggregate<Counter.Added, Long> AGGREGATE = Counter.aggregate(null);
  private static final StreamRef<Counter.Added, Long> A = ref("a");
  private static final StreamRef<Counter.Added, Long> B = ref("b");

  private final EventStore store = new InMemoryEventStore();
  private final FakeClock clock = new FakeClock(Instant.EPOCH);
  private final List<String> calls = new ArrayList<>();
  private final CommandExecutor caching = executor(1_000_000);
  private final CommandExecutor elsewhere = executor(0);

  private static StreamRef<Counter.Added, Long> ref(String key) {
    return new StreamRef<>(new StreamId("counter", key), AGGREGATE);
  }

  private CommandExecutor executor(long cacheBytes) {
    EventStore observed =
        new ForwardingEventStore(store) {
          @Override
          public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
            calls.add("load " + stream.key());
            return super.load(stream, upTo, usable);
          }

          @Override
          public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
            calls.add("append " + writes.size() + ", check " + unchanged.size());
            return super.append(writes, unchanged);
          }
        };
    return new OptimisticCommandExecutor(observed, clock, clock, Duration.ZERO, cacheBytes);
  }

  private Outcome<List<Long>> handle(
      CommandExecutor on, String id, Function<StreamStates, Decision<StreamChange<?>>> decide) {
    return handle(on, id, commit -> true, decide);
  }

  /** The states of A and B. */
  private Outcome<List<Long>> handle(
      CommandExecutor on,
      String id,
      LongPredicate precondition,
      Function<StreamStates, Decision<StreamChange<?>>> decide) {
    calls.clear();
    return on.handle(List.of(A, B), envelope(id, precondition, Instant.MAX), decide, event -> {})
        .map(states -> List.of(states.of(A), states.of(B)));
  }

  private static CommandEnvelope<String> envelope(String id) {
    return envelope(id, commit -> true, Instant.MAX);
  }

  private static CommandEnvelope<String> envelope(
      String id, LongPredicate precondition, Instant deadline) {
    return new CommandEnvelope<>(
        new CommandId(id), new Fingerprint(id), precondition, deadline, Metadata.NONE, id);
  }

  private static Decision<StreamChange<?>> add(StreamRef<Counter.Added, Long> to, long amount) {
    return Decision.accept(StreamChange.of(to, new Counter.Added(amount)));
  }

  private static Decision<StreamChange<?>> both(long amount) {
    return new Decision.Accepted<>(
        List.of(
            StreamChange.of(A, new Counter.Added(amount)),
            StreamChange.of(B, new Counter.Added(amount))));
  }

  private static Decision<StreamChange<?>> reject(String detail) {
    return Decision.reject(Rejection.Kind.STATE, "no", detail);
  }

  private static Outcome<List<Long>> completed(long a, long b, long commit) {
    return new Outcome.Completed<>(List.of(a, b), commit);
  }

  @Test
  void streamsAreLoadedOnceAndWrittenTogether() {
    assertThat(handle(caching, "1", states -> both(5))).isEqualTo(completed(5, 5, 1));
    assertThat(calls).containsExactly("load a", "load b", "append 2, check 0");

    assertThat(handle(caching, "2", states -> add(B, 1))).isEqualTo(completed(5, 6, 1));
    assertThat(calls).containsExactly("append 1, check 1");
  }

  @Test
  void decisionIsRepeated_whenAStreamHasAdvanced() {
    handle(caching, "1", states -> both(5));
    handle(elsewhere, "2", states -> add(A, 2));

    assertThat(handle(caching, "3", states -> add(B, states.of(A)))).isEqualTo(completed(7, 12, 2));
  }

  @Test
  void rejectionIsReturnedOnlyIfNoStreamHasAdvanced() {
    handle(caching, "1", states -> both(5));
    Function<StreamStates, Decision<StreamChange<?>>> ifMoved =
        states -> states.of(A) == 5 ? reject("" + states.of(B)) : add(B, 1);
    assertThat(handle(caching, "2", ifMoved))
        .isEqualTo(new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "no", "5")));
    assertThat(calls).containsExactly("append 0, check 2");

    handle(elsewhere, "3", states -> add(B, 2));
    assertThat(handle(caching, "4", ifMoved))
        .isEqualTo(new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "no", "7")));
    handle(elsewhere, "5", states -> add(A, 2));
    assertThat(handle(caching, "6", ifMoved)).isEqualTo(completed(7, 8, 2));
  }

  /** Nothing has to be read of an empty stream, but it is cached like any other. */
  @Test
  void executorWithoutCacheCachesNoEmptyStreamsEither() {
    for (String id : List.of("1", "2")) {
      assertThat(handle(elsewhere, id, states -> reject(id))).isInstanceOf(Outcome.Rejected.class);
      assertThat(calls).containsExactly("load a", "load b", "append 0, check 2");
    }
  }

  @Test
  void noOpIsReturnedOnlyIfNoStreamHasAdvanced() {
    handle(caching, "1", states -> both(5));
    handle(elsewhere, "2", states -> add(B, 2));

    assertThat(handle(caching, "3", states -> Decision.nothing())).isEqualTo(completed(5, 7, 1));
  }

  @Test
  void preconditionIsAboutTheFirstStreamsCurrentState() {
    handle(caching, "1", states -> both(5));
    handle(elsewhere, "2", states -> add(A, 2));

    assertThat(handle(caching, "3", commit -> commit == 2, states -> both(1)))
        .isEqualTo(completed(8, 6, 3));
    assertThat(handle(caching, "4", commit -> commit == 2, states -> both(1)))
        .isEqualTo(new Outcome.PreconditionFailed<>(3));
    assertThat(handle(caching, "3", commit -> commit == 2, states -> both(1)))
        .isEqualTo(completed(8, 6, 3));
  }

  @Test
  void repeatGetsTheStatesAsItLeftThem() {
    handle(caching, "1", states -> both(5));
    handle(elsewhere, "2", states -> both(2));
    handle(elsewhere, "3", states -> both(1));

    assertThat(handle(caching, "2", states -> both(2))).isEqualTo(completed(7, 7, 2));
    assertThat(store.load(A.stream()).commits()).hasSize(3);
    assertThat(store.load(B.stream()).commits()).hasSize(3);
  }

  /** The SDK does not retry a transaction by itself if only some of its items were throttled. */
  @Test
  void throttledTransactionIsRetriedUntilTheDeadline() {
    EventStore throttled =
        new ForwardingEventStore(store) {
          @Override
          public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
            return new AppendResult.Throttled();
          }
        };
    CommandExecutor executor =
        new OptimisticCommandExecutor(throttled, clock, clock, Duration.ZERO, 0);
    CommandEnvelope<String> envelope = envelope("1", commit -> true, Instant.EPOCH.plusMillis(30));

    assertThatThrownBy(
            () -> executor.handle(List.of(A, B), envelope, states -> both(5), event -> {}))
        .isInstanceOf(ThrottledException.class);
    assertThat(clock.sleeps())
        .extracting(nanos -> nanos / 1_000_000)
        .containsExactly(4L, 8L, 16L, 2L);
  }

  @Test
  void concurrentTransactionIsRetriedAfterAWait() {
    EventStore busyOnce =
        new ForwardingEventStore(store) {
          private boolean busy = true;

          @Override
          public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
            if (busy) {
              busy = false;
              return new AppendResult.TransactionConflict();
            }
            return super.append(writes, unchanged);
          }
        };
    CommandExecutor executor =
        new OptimisticCommandExecutor(busyOnce, clock, clock, Duration.ZERO, 0);

    assertThat(handle(executor, "1", states -> both(5))).isEqualTo(completed(5, 5, 1));
    assertThat(clock.sleeps()).containsExactly(4_000_000L);
  }

  @Test
  void atMostAHundredStreamsTakePart() {
    List<StreamRef<?, ?>> many =
        IntStream.rangeClosed(1, 101).<StreamRef<?, ?>>mapToObj(i -> ref("p" + i)).toList();
    Function<StreamStates, Decision<StreamChange<?>>> first = states -> add(ref("p1"), 1);

    assertThat(caching.handle(many, envelope("1"), first, event -> {}))
        .isEqualTo(new Outcome.TooLarge<>(EventStore.Limit.STREAMS, 101));
    assertThat(calls).isEmpty();
    assertThat(caching.handle(many.subList(0, 100), envelope("1"), first, event -> {}))
        .isInstanceOf(Outcome.Completed.class);
    assertThat(calls).endsWith("append 1, check 99");
  }

  @Test
  void streamIsListedOnceAndNoOtherIsChanged() {
    assertThatThrownBy(
            () -> caching.handle(List.of(A, A), envelope("1"), states -> both(1), event -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> caching.handle(List.of(A), envelope("1"), states -> add(B, 1), event -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.load(A.stream()).commits()).isEmpty();
  }
}
