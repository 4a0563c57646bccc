package io.streamkeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.Aggregate;
import io.streamkeep.kernel.Change;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Decision;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.kernel.Participant;
import io.streamkeep.kernel.Rejection;
import io.streamkeep.kernel.Request;
import io.streamkeep.kernel.Snapshot;
import io.streamkeep.kernel.States;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.ThrottledException;
import io.streamkeep.kernel.Transactor;
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
  private static final Participant<Counter.Added, Long> A = participant("a");
  private static final Participant<Counter.Added, Long> B = participant("b");

  private final EventStore store = new InMemoryEventStore();
  private final List<String> calls = new ArrayList<>();
  private final Transactor warm = transactor(1_000_000);
  private final Transactor elsewhere = transactor(0);

  private static Participant<Counter.Added, Long> participant(String key) {
    return new Participant<>(new StreamId("counter", key), AGGREGATE);
  }

  private Transactor transactor(long warmBytes) {
    EventStore watched =
        new WrappedStore(store) {
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
    return new Transactor(
        watched, InstantSource.fixed(Instant.EPOCH), new VirtualTime(), Duration.ZERO, warmBytes);
  }

  private Outcome<List<Long>> handle(
      Transactor on, String id, Function<States, Decision<Change<?>>> decide) {
    return handle(on, id, commit -> true, decide);
  }

  /** What is told of A and B. */
  private Outcome<List<Long>> handle(
      Transactor on,
      String id,
      LongPredicate precondition,
      Function<States, Decision<Change<?>>> decide) {
    calls.clear();
    return on.handle(List.of(A, B), request(id, precondition), decide, incident -> {})
        .map(states -> List.of(states.of(A), states.of(B)));
  }

  private static Request<String> request(String id) {
    return request(id, commit -> true);
  }

  private static Request<String> request(String id, LongPredicate precondition) {
    return new Request<>(
        new CommandId(id), new Fingerprint(id), precondition, Instant.MAX, Metadata.NONE, id);
  }

  private static Decision<Change<?>> add(Participant<Counter.Added, Long> to, long amount) {
    return Decision.accept(Change.of(to, new Counter.Added(amount)));
  }

  private static Decision<Change<?>> both(long amount) {
    return new Decision.Accepted<>(
        List.of(Change.of(A, new Counter.Added(amount)), Change.of(B, new Counter.Added(amount))));
  }

  private static Decision<Change<?>> no(String detail) {
    return Decision.reject(Rejection.Kind.STATE, "no", detail);
  }

  private static Outcome<List<Long>> done(long a, long b, long commit) {
    return new Outcome.Done<>(List.of(a, b), commit);
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
    Function<States, Decision<Change<?>>> ifMoved =
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
    VirtualTime time = new VirtualTime();
    EventStore throttled =
        new WrappedStore(store) {
          @Override
          public AppendResult append(List<Write> writes, List<Head> unchanged) {
            time.goBy(1_000_000);
            return new AppendResult.Throttled();
          }
        };
    Transactor transactor =
        new Transactor(throttled, InstantSource.fixed(Instant.EPOCH), time, Duration.ZERO, 0);

    assertThatThrownBy(() -> handle(transactor, "1", states -> both(5)))
        .isInstanceOf(ThrottledException.class);
    assertThat(time.waits())
        .containsExactlyElementsOf(
            LongStream.range(0, 20).mapToObj(lost -> lost * 1_000_000).toList());
  }

  @Test
  void aHundredTakePartAndNoMore() {
    List<Participant<?, ?>> many =
        IntStream.rangeClosed(1, 101)
            .<Participant<?, ?>>mapToObj(i -> participant("p" + i))
            .toList();
    Function<States, Decision<Change<?>>> first = states -> add(participant("p1"), 1);

    assertThat(warm.handle(many, request("1"), first, incident -> {}))
        .isEqualTo(new Outcome.TooLarge<>(EventStore.Limit.STREAMS, 101));
    assertThat(calls).isEmpty();
    assertThat(warm.handle(many.subList(0, 100), request("1"), first, incident -> {}))
        .isInstanceOf(Outcome.Done.class);
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
