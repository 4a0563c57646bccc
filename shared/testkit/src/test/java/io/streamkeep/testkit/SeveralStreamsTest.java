package io.streamkeep.testkit;

import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.StreamChange;
import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.command.StreamStates;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.testkit.contract.Counter;
import io.streamkeep.testkit.contract.ForwardingEventStore;
import io.streamkeep.testkit.spec.FakeClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a command over several streams keeps, warm or not. */
final class SeveralStreamsTest {

  private static final Counter COUNTER = new Counter();
  private static final Aggregate<Counter.Added, Long> AGGREGATE =
      new Aggregate<>(COUNTER, COUNTER, null);
  private static final StreamRef<Counter.Added, Long> A = participant("a");
  private static final StreamRef<Counter.Added, Long> B = participant("b");

  private final EventStore store = new InMemoryEventStore();
  private final List<String> calls = new ArrayList<>();
  private final OptimisticCommandExecutor warm = transactor(1_000_000);
  private final OptimisticCommandExecutor elsewhere = transactor(0);

  private static StreamRef<Counter.Added, Long> participant(String key) {
    return new StreamRef<>(new StreamId("counter", key), AGGREGATE);
  }

  private OptimisticCommandExecutor transactor(long warmBytes) {
    EventStore watched =
        new ForwardingEventStore(store) {
          @Override
          public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
            calls.add("load " + stream.key());
            return super.load(stream, upTo, usable);
          }

          @Override
          public AppendResult append(List<Write> writes, List<Head> unchanged) {
            calls.add("append " + writes.size() + ", check " + unchanged.size());
            return super.append(writes, unchanged);
          }
        };
    return new OptimisticCommandExecutor(
        watched, InstantSource.fixed(Instant.EPOCH), new FakeClock(), Duration.ZERO, warmBytes);
  }

  private Outcome<List<Long>> handle(
      OptimisticCommandExecutor on, String id, Function<StreamStates, Decision<StreamChange<?>>> decide) {
    return handle(on, id, commit -> true, decide);
  }

  /** What is told of A and B. */
  private Outcome<List<Long>> handle(
      OptimisticCommandExecutor on,
      String id,
      LongPredicate precondition,
      Function<StreamStates, Decision<StreamChange<?>>> decide) {
    calls.clear();
    return on.handle(List.of(A, B), request(id, precondition), decide, incident -> {})
        .map(states -> List.of(states.of(A), states.of(B)));
  }

  private static CommandEnvelope<String> request(String id) {
    return request(id, commit -> true);
  }

  private static CommandEnvelope<String> request(String id, LongPredicate precondition) {
    return new CommandEnvelope<>(
        new CommandId(id), new Fingerprint(id), precondition, Instant.MAX, Metadata.NONE, id);
  }

  private static Decision<StreamChange<?>> add(StreamRef<Counter.Added, Long> to, long amount) {
    return Decision.accept(StreamChange.of(to, new Counter.Added(amount)));
  }

  private static Decision<StreamChange<?>> both(long amount) {
    return new Decision.Accepted<>(
        List.of(StreamChange.of(A, new Counter.Added(amount)), StreamChange.of(B, new Counter.Added(amount))));
  }

  private static Decision<StreamChange<?>> no(String detail) {
    return Decision.reject(Rejection.Kind.STATE, "no", detail);
  }

  private static Outcome<List<Long>> done(long a, long b, long commit) {
    return new Outcome.Completed<>(List.of(a, b), commit);
  }

  @Test
  void areLoadedOnceAndWrittenTogether() {
    assertThat(handle(warm, "1", states -> both(5))).isEqualTo(done(5, 5, 1));
    assertThat(calls).containsExactly("load a", "load b", "append 2, check 0");

    assertThat(handle(warm, "2", states -> add(B, 1))).isEqualTo(done(5, 6, 1));
    assertThat(calls).containsExactly("append 1, check 1");
  }

  @Test
  void whatWasDecidedOnAStreamThatHasMovedIsDecidedAnew() {
    handle(warm, "1", states -> both(5));
    handle(elsewhere, "2", states -> add(A, 2));

    assertThat(handle(warm, "3", states -> add(B, states.of(A)))).isEqualTo(done(7, 12, 2));
  }

  @Test
  void aRejectionIsToldOnlyIfNoneHasMoved() {
    handle(warm, "1", states -> both(5));
    Function<StreamStates, Decision<StreamChange<?>>> ifMoved =
        states -> states.of(A) == 5 ? no("" + states.of(B)) : add(B, 1);
    assertThat(handle(warm, "2", ifMoved))
        .isEqualTo(new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "no", "5")));
    assertThat(calls).containsExactly("append 0, check 2");

    handle(elsewhere, "3", states -> add(B, 2));
    assertThat(handle(warm, "4", ifMoved))
        .isEqualTo(new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "no", "7")));
    handle(elsewhere, "5", states -> add(A, 2));
    assertThat(handle(warm, "6", ifMoved)).isEqualTo(done(7, 8, 2));
  }

  /** Empty streams take no bytes to load, but they are kept like others, or are not. */
  @Test
  void whoMayKeepNothingKeepsNoEmptyStreamEither() {
    for (String id : List.of("1", "2")) {
      assertThat(handle(elsewhere, id, states -> no(id))).isInstanceOf(Outcome.Rejected.class);
      assertThat(calls).containsExactly("load a", "load b", "append 0, check 2");
    }
  }

  @Test
  void thatNothingIsToBeDoneIsToldOnlyIfNoneHasMoved() {
    handle(warm, "1", states -> both(5));
    handle(elsewhere, "2", states -> add(B, 2));

    assertThat(handle(warm, "3", states -> Decision.nothing())).isEqualTo(done(5, 7, 1));
  }

  @Test
  void thePreconditionIsOfTheFirstAndNotOfWhatIsOld() {
    handle(warm, "1", states -> both(5));
    handle(elsewhere, "2", states -> add(A, 2));

    assertThat(handle(warm, "3", commit -> commit == 2, states -> both(1)))
        .isEqualTo(done(8, 6, 3));
    assertThat(handle(warm, "4", commit -> commit == 2, states -> both(1)))
        .isEqualTo(new Outcome.PreconditionFailed<>(3));
    assertThat(handle(warm, "3", commit -> commit == 2, states -> both(1)))
        .isEqualTo(done(8, 6, 3));
  }

  @Test
  void aRepeatIsToldHowItLeftAllThatItChanged() {
    handle(warm, "1", states -> both(5));
    handle(elsewhere, "2", states -> both(2));
    handle(elsewhere, "3", states -> both(1));

    assertThat(handle(warm, "2", states -> both(2))).isEqualTo(done(7, 7, 2));
    assertThat(store.load(A.stream()).commits()).hasSize(3);
    assertThat(store.load(B.stream()).commits()).hasSize(3);
  }

  /** The SDK does not ask again by itself where it is some of the items that are too much. */
  @Test
  void aThrottledTransactionIsTriedAgainAfterLongerAndLongerWaits() {
    FakeClock time = new FakeClock();
    EventStore throttled =
        new ForwardingEventStore(store) {
          @Override
          public AppendResult append(List<Write> writes, List<Head> unchanged) {
            time.goBy(1_000_000);
            return new AppendResult.Throttled();
          }
        };
    OptimisticCommandExecutor transactor =
        new OptimisticCommandExecutor(throttled, InstantSource.fixed(Instant.EPOCH), time, Duration.ZERO, 0);

    assertThatThrownBy(() -> handle(transactor, "1", states -> both(5)))
        .isInstanceOf(ThrottledException.class);
    assertThat(time.waits())
        .containsExactlyElementsOf(
            LongStream.range(0, 20).mapToObj(lost -> lost * 1_000_000).toList());
  }

  @Test
  void aHundredTakePartAndNoMore() {
    List<StreamRef<?, ?>> many =
        IntStream.rangeClosed(1, 101)
            .<StreamRef<?, ?>>mapToObj(i -> participant("p" + i))
            .toList();
    Function<StreamStates, Decision<StreamChange<?>>> first = states -> add(participant("p1"), 1);

    assertThat(warm.handle(many, request("1"), first, incident -> {}))
        .isEqualTo(new Outcome.TooLarge<>(EventStore.Limit.STREAMS, 101));
    assertThat(calls).isEmpty();
    assertThat(warm.handle(many.subList(0, 100), request("1"), first, incident -> {}))
        .isInstanceOf(Outcome.Completed.class);
    assertThat(calls).endsWith("append 1, check 99");
  }

  @Test
  void eachTakesPartOnceAndNoOtherIsChanged() {
    assertThatThrownBy(() -> warm.handle(List.of(A, A), request("1"), states -> both(1), i -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> warm.handle(List.of(A), request("1"), states -> add(B, 1), i -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.load(A.stream()).commits()).isEmpty();
  }
}
