package io.streamkeep.testkit;

import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.testkit.contract.Counter;
import io.streamkeep.testkit.contract.CounterState;
import io.streamkeep.testkit.contract.ForwardingEventStore;
import io.streamkeep.testkit.spec.FakeClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a process that keeps streams warm may do without reading, and what it may not. */
class TransactorTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final StreamId STREAM = new StreamId("counter", "1");
  private static final long PLENTY = 1_000_000;

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final List<String> calls = new ArrayList<>();
  private final List<AttemptEvent> incidents = new ArrayList<>();
  private final FakeClock time = new FakeClock();

  /** A process: what it keeps is its own. */
  private final class Environment {

    private final CommandHandler<Counter.Add, Counter.Added, Long> handler;

    Environment(EventStore on, long warmBytes) {
      handler = handler(on, warmBytes, new CounterState());
    }

    Outcome<Long> add(String id, long amount) {
      return add(STREAM, id, amount, commit -> true, Instant.MAX);
    }

    Outcome<Long> add(
        StreamId stream, String id, long amount, LongPredicate precondition, Instant deadline) {
      calls.clear();
      return handler.handle(stream, request(id, amount, precondition, deadline), incidents::add);
    }
  }

  private CommandHandler<Counter.Add, Counter.Added, Long> handler(
      EventStore on, long warmBytes, StateCodec<Long> states) {
    Counter counter = new Counter();
    return new CommandHandler<>(
        new OptimisticCommandExecutor(on, InstantSource.fixed(NOW), time, Duration.ofSeconds(5), warmBytes),
        counter,
        new Aggregate<>(counter, counter, states));
  }

  private static CommandEnvelope<Counter.Add> request(String id, long amount) {
    return request(id, amount, commit -> true, Instant.MAX);
  }

  private static CommandEnvelope<Counter.Add> request(
      String id, long amount, LongPredicate precondition, Instant deadline) {
    return new CommandEnvelope<>(
        new CommandId(id),
        Fingerprint.of("add", new byte[] {(byte) amount}),
        precondition,
        deadline,
        Metadata.NONE,
        new Counter.Add(amount));
  }

  /** The store as the warm environment sees it. */
  EventStore asSeen(EventStore whole) {
    return whole;
  }

  private EventStore watched() {
    return new ForwardingEventStore(asSeen(store)) {
      @Override
      public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
        calls.add("load");
        time.goBy(1_000_000);
        return super.load(stream, upTo, usable);
      }

      @Override
      public AppendResult append(List<Write> writes, List<Head> unchanged) {
        calls.add("append");
        time.goBy(1_000_000);
        return super.append(writes, unchanged);
      }
    };
  }

  private final Environment warm = new Environment(watched(), PLENTY);
  private final Environment elsewhere = new Environment(store, 0);

  @Test
  void aWarmCommandIsOneAppendAndAColdOneTwoCalls() {
    warm.add("a", 1);
    assertThat(calls).containsExactly("load", "append");

    assertThat(warm.add("b", 2)).isEqualTo(new Outcome.Completed<>(3L, 2));
    assertThat(calls).containsExactly("append");
  }

  @Test
  void aLostRaceGoesOnFromTheWinnerWithoutReading() {
    warm.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(warm.add("c", 4)).isEqualTo(new Outcome.Completed<>(7L, 3));
    assertThat(calls).containsExactly("append", "append");
    assertThat(incidents).containsExactly(AttemptEvent.CONFLICT);
  }

  @Test
  void whatWasLoadedThisMomentIsNotOldEither() {
    time.goBy(1_000_000_000);
    EventStore raced =
        new ForwardingEventStore(watched()) {
          private boolean first = true;

          @Override
          public AppendResult append(List<Write> writes, List<Head> unchanged) {
            if (first) {
              first = false;
              elsewhere.handler.handle(STREAM, request("b", 2), incidents::add);
            }
            return super.append(writes, unchanged);
          }
        };

    assertThat(new Environment(raced, PLENTY).add("a", 1)).isEqualTo(new Outcome.Completed<>(3L, 2));
    assertThat(calls).containsExactly("load", "append", "append");
  }

  @Test
  void whatIsLongKnownIsLookedUpWhenItProvesWrong() {
    warm.add("a", 1);
    elsewhere.add("b", 2);
    elsewhere.add("c", 4);
    time.goBy(1_000_000_000);

    assertThat(warm.add("d", 8)).isEqualTo(new Outcome.Completed<>(15L, 4));
    assertThat(calls).containsExactly("append", "load", "append");
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void aRejectionIsNeverDecidedOnWhatIsWarm() {
    warm.add("a", Counter.MAX);
    assertThat(warm.add("b", 1)).isInstanceOf(Outcome.Rejected.class);
    assertThat(calls).containsExactly("load");

    elsewhere.add("c", -10);

    assertThat(warm.add("b", 1)).isEqualTo(new Outcome.Completed<>(Counter.MAX - 9, 3));
  }

  @Test
  void thatNothingChangesIsNeverDecidedOnWhatIsWarm() {
    warm.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(warm.add("c", 0)).isEqualTo(new Outcome.Completed<>(3L, 2));
    assertThat(calls).containsExactly("load");
  }

  @Test
  void aFailedPreconditionIsNeverDecidedOnWhatIsWarm() {
    warm.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(warm.add(STREAM, "c", 4, commit -> commit == 2, Instant.MAX))
        .isEqualTo(new Outcome.Completed<>(7L, 3));
    assertThat(calls).containsExactly("load", "append");
  }

  @Test
  void aPreconditionThatHoldsOnlyForWhatIsWarmFails() {
    warm.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(warm.add(STREAM, "c", 4, commit -> commit == 1, Instant.MAX))
        .isEqualTo(new Outcome.PreconditionFailed<>(2));
  }

  @Test
  void aRepeatOfTheNewestCommandIsAnsweredWithoutReading() {
    Outcome<Long> first = warm.add("a", 1);

    assertThat(warm.add("a", 1)).isEqualTo(first);
    assertThat(calls).isEmpty();
    assertThat(warm.add("a", 2)).isEqualTo(new Outcome.CommandIdReused<>());
  }

  @Test
  void aRepeatOfWhatWasDoneElsewhereMeetsItsCommit() {
    warm.add("a", 1);
    Outcome<Long> first = elsewhere.add("b", 2);
    elsewhere.add("c", 4);

    assertThat(warm.add("b", 2)).isEqualTo(first);
    assertThat(store.load(STREAM).commits()).hasSize(3);
  }

  /** SHA-256 of both begins with c51deb06, which is all that is remembered of an id. */
  @Test
  void twoCommandsWhoseHashesAreOneAreToldApart() {
    Outcome<Long> one = warm.add("c17439", 1);
    Outcome<Long> two = warm.add("c24164", 2);

    assertThat(one).isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(two).isEqualTo(new Outcome.Completed<>(3L, 2));
    for (Environment process : List.of(warm, elsewhere)) {
      assertThat(process.add("c17439", 1)).isEqualTo(one);
      assertThat(process.add("c24164", 2)).isEqualTo(two);
    }
    assertThat(store.load(STREAM).commits()).hasSize(2);
  }

  /** The append is done and its answer lost: the client asks again, and meets another process. */
  @Test
  void aCrashBetweenWriteAndAnswerHasOneEffect() {
    Environment crashing =
        new Environment(
            new ForwardingEventStore(store) {
              @Override
              public AppendResult append(List<Write> writes, List<Head> unchanged) {
                super.append(writes, unchanged);
                throw new IllegalStateException("Killed");
              }
            },
            PLENTY);
    assertThatThrownBy(() -> crashing.add("a", 1)).hasMessage("Killed");

    assertThat(elsewhere.add("a", 1)).isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(warm.add("a", 1)).isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  /** A client library that asks again on its own meets the commit of its own first try. */
  @Test
  void anAppendThatWasRepeatedBelowIsNoLostRace() {
    EventStore repeating =
        new ForwardingEventStore(store) {
          @Override
          public AppendResult append(List<Write> writes, List<Head> unchanged) {
            super.append(writes, unchanged);
            return super.append(writes, unchanged);
          }
        };

    assertThat(new Environment(repeating, PLENTY).add("a", 1)).isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  @Test
  void theWindowOfRepeatsIsKeptAcrossSnapshots() {
    for (int i = 1; i <= 150; i++) {
      elsewhere.add("c" + i, i % 2 == 0 ? -1 : 1);
    }
    assertThat(store.load(STREAM, Long.MAX_VALUE, s -> true).base()).isNotNull();
    List<Outcome<Long>> again = new ArrayList<>();
    for (int i = 51; i <= 150; i++) {
      again.add(elsewhere.add("c" + i, i % 2 == 0 ? -1 : 1));
    }

    assertThat(again).hasSize(100).startsWith(new Outcome.Completed<>(1L, 51));
    assertThat(again).endsWith(new Outcome.Completed<>(0L, 150));
    assertThat(store.load(STREAM).commits()).hasSize(150);
    assertThat(elsewhere.add("c50", -1)).isEqualTo(new Outcome.Completed<>(-1L, 151));
  }

  @Test
  void aSnapshotOfAnotherSchemaIsPassedOver() {
    for (int i = 1; i <= 50; i++) {
      elsewhere.add("c" + i, 1);
    }
    CounterState next =
        new CounterState() {
          @Override
          public int schema() {
            return 2;
          }

          @Override
          public Long decode(String data) {
            throw new AssertionError("Of another schema");
          }
        };

    assertThat(handler(watched(), 0, next).handle(STREAM, request("n", 1), incidents::add))
        .isEqualTo(new Outcome.Completed<>(51L, 51));
    Predicate<Snapshot> ofTwo = snapshot -> snapshot.schema() == 2;
    assertThat(store.load(STREAM, Long.MAX_VALUE, ofTwo).base()).isNotNull();
  }

  @Test
  void aSnapshotWhoseStateIsBrokenIsPassedOver() {
    for (int i = 1; i <= 50; i++) {
      elsewhere.add("c" + i, 1);
    }
    List<String> broken = new ArrayList<>();
    CounterState strict =
        new CounterState() {
          @Override
          public Long decode(String data) {
            broken.add(data);
            throw new UnreadableException("No count");
          }
        };

    assertThat(handler(store, 0, strict).handle(STREAM, request("n", 1), incidents::add))
        .isEqualTo(new Outcome.Completed<>(51L, 51));
    assertThat(broken).hasSizeGreaterThan(1);
  }

  @Test
  void whatIsUsedLeastRecentlyIsForgottenFirst() {
    Environment small = new Environment(watched(), 3 * 512);
    for (String key : List.of("a", "b", "c", "a", "d")) {
      add(small, key);
    }

    add(small, "a");
    assertThat(calls).containsExactly("append");
    add(small, "b");
    assertThat(calls).containsExactly("load", "append");
  }

  private int commands;

  private void add(Environment process, String key) {
    process.add(new StreamId("counter", key), "c" + commands++, 1, commit -> true, Instant.MAX);
  }

  @Test
  void aCommandThatMayNotBeDoneInTimeIsNotStarted() {
    Instant tooSoon = NOW.plusSeconds(5).minusMillis(1);

    assertThat(warm.add(STREAM, "a", 1, commit -> true, tooSoon))
        .isEqualTo(new Outcome.DeadlineExceeded<>());
    assertThat(calls).doesNotContain("append");
    assertThat(warm.add(STREAM, "a", 1, commit -> true, NOW.plusSeconds(5)))
        .isEqualTo(new Outcome.Completed<>(1L, 1));
  }

  /** Of what is asked to be less, each try waits longer than the one before. */
  @Test
  void throttlingThatLastsIsNoContention() {
    Environment throttled =
        new Environment(
            new ForwardingEventStore(store) {
              @Override
              public AppendResult append(List<Write> writes, List<Head> unchanged) {
                time.goBy(1_000_000);
                return new AppendResult.Throttled();
              }
            },
            PLENTY);

    assertThatThrownBy(() -> throttled.add("a", 1)).isInstanceOf(ThrottledException.class);
    assertThat(incidents).hasSize(20).containsOnly(AttemptEvent.THROTTLED);
    assertThat(time.waits())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 19).mapToObj(lost -> lost * 1_000_000).toList());
  }

  @Test
  void aCommitThatIsTooLargeIsToldWithItsLimit() {
    Counter counter = new Counter();
    Aggregate<Counter.Added, Long> verbose =
        new Aggregate<>(
            counter,
            new EventCodec<Counter.Added>() {
              @Override
              public RecordedEvent encode(Counter.Added event) {
                return new RecordedEvent("counter.added", 1, "x".repeat(500_000));
              }

              @Override
              public Counter.Added decode(RecordedEvent event) {
                return new Counter.Added(1);
              }
            },
            null);
    CommandEnvelope<Counter.Add> request = request("a", 1);

    assertThat(
            new CommandHandler<>(
                    new OptimisticCommandExecutor(store, InstantSource.fixed(NOW), time, Duration.ZERO, 0),
                    counter,
                    verbose)
                .handle(STREAM, request, incidents::add))
        .isEqualTo(new Outcome.TooLarge<>(EventStore.Limit.COMMIT_BYTES, 500_000));
    assertThat(store.load(STREAM).commits()).isEmpty();
  }

  @Test
  void whatWasDecidedOnASnapshotIsWhatWasDecidedOnAll() {
    for (int i = 1; i <= 60; i++) {
      elsewhere.add("c" + i, 1);
    }

    List<Commit> all = store.load(STREAM).commits();
    assertThat(new Environment(store, 0).add("last", Counter.MAX - 60))
        .isEqualTo(new Outcome.Completed<>(Counter.MAX, 61));
    assertThat(new Environment(store, 0).add("over", 1))
        .isEqualTo(
            new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "full", "It is full.")));
    assertThat(all).hasSize(60);
  }
}
