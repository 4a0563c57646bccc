package io.streamkeep.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.fixture.Counter;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitPage;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Decisions on cached streams, and those that need a reload. */
class OptimisticCommandExecutorTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final StreamId STREAM = new StreamId("counter", "1");
  private static final Duration WRITE_TIME = Duration.ofSeconds(5);
  private static final long CACHE_BYTES = 1_000_000;

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final List<String> calls = new ArrayList<>();
  private final List<AttemptEvent> events = new ArrayList<>();
  private final FakeClock clock = new FakeClock(NOW);

  /** A process with its own cache. */
  private final class Environment {

    private final CommandHandler<Counter.Add, Counter.Added, Long> handler;

    Environment(EventStore on, long cacheBytes) {
      handler = handler(on, cacheBytes, new Counter.States());
    }

    Outcome<Long> add(String id, long amount) {
      return add(STREAM, id, amount, commit -> true, Instant.MAX);
    }

    Outcome<Long> add(
        StreamId stream, String id, long amount, LongPredicate precondition, Instant deadline) {
      calls.clear();
      return handler.handle(stream, envelope(id, amount, precondition, deadline), events::add);
    }
  }

  private CommandHandler<Counter.Add, Counter.Added, Long> handler(
      EventStore on, long cacheBytes, StateCodec<Long> states) {
    return new CommandHandler<>(
        new OptimisticCommandExecutor(on, clock, clock, WRITE_TIME, cacheBytes),
        new Counter(),
        Counter.aggregate(states));
  }

  private static CommandEnvelope<Counter.Add> envelope(String id, long amount) {
    return envelope(id, amount, commit -> true, Instant.MAX);
  }

  private static CommandEnvelope<Counter.Add> envelope(
      String id, long amount, LongPredicate precondition, Instant deadline) {
    return new CommandEnvelope<>(
        new CommandId(id),
        Fingerprint.of("add", new byte[] {(byte) amount}),
        precondition,
        deadline,
        Metadata.NONE,
        new Counter.Add(amount));
  }

  /** The store as the process with a cache sees it. */
  EventStore seen(EventStore store) {
    return store;
  }

  private EventStore observed() {
    return new ForwardingEventStore(seen(store)) {
      @Override
      public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
        calls.add("load");
        return super.load(stream, upTo, usable);
      }

      @Override
      public CommitPage read(StreamId stream, long after, int limit) {
        calls.add("read");
        return super.read(stream, after, limit);
      }

      @Override
      public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
        calls.add("append");
        return super.append(writes, unchanged);
      }
    };
  }

  private final Environment caching = new Environment(observed(), CACHE_BYTES);
  private final Environment elsewhere = new Environment(store, 0);

  @Test
  void commandOnCachedStreamIsOneRequest_otherwiseTwo() {
    caching.add("a", 1);
    assertThat(calls).containsExactly("load", "append");

    assertThat(caching.add("b", 2)).isEqualTo(new Outcome.Completed<>(3L, 2));
    assertThat(calls).containsExactly("append");
  }

  @Test
  void firstRetryBuildsOnTheWinnersCommitWithoutReading() {
    caching.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(caching.add("c", 4)).isEqualTo(new Outcome.Completed<>(7L, 3));
    assertThat(calls).containsExactly("append", "append");
    assertThat(events).containsExactly(AttemptEvent.CONFLICT);
  }

  @Test
  void staleCacheIsReloaded_whenItsFirstRetryLosesToo() {
    caching.add("a", 1);
    elsewhere.add("b", 2);
    elsewhere.add("c", 4);

    assertThat(caching.add("d", 8)).isEqualTo(new Outcome.Completed<>(15L, 4));
    assertThat(calls).containsExactly("append", "append", "load", "append");
    assertThat(clock.sleeps()).containsExactly(4_000_000L);
  }

  @Test
  void rejectionIsNeverDecidedOnCachedState() {
    caching.add("a", Counter.MAX);
    assertThat(caching.add("b", 1)).isInstanceOf(Outcome.Rejected.class);
    assertThat(calls).containsExactly("load");

    elsewhere.add("c", -10);

    assertThat(caching.add("b", 1)).isEqualTo(new Outcome.Completed<>(Counter.MAX - 9, 3));
  }

  @Test
  void noOpIsNeverDecidedOnCachedState() {
    caching.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(caching.add("c", 0)).isEqualTo(new Outcome.Completed<>(3L, 2));
    assertThat(calls).containsExactly("load");
  }

  @Test
  void failedPreconditionIsNeverDecidedOnCachedState() {
    caching.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(caching.add(STREAM, "c", 4, commit -> commit == 2, Instant.MAX))
        .isEqualTo(new Outcome.Completed<>(7L, 3));
    assertThat(calls).containsExactly("load", "append");
  }

  @Test
  void preconditionThatHoldsOnlyForCachedStateFails() {
    caching.add("a", 1);
    elsewhere.add("b", 2);

    assertThat(caching.add(STREAM, "c", 4, commit -> commit == 1, Instant.MAX))
        .isEqualTo(new Outcome.PreconditionFailed<>(2));
  }

  @Test
  void repeatOfTheNewestCommandNeedsNoRead() {
    Outcome<Long> first = caching.add("a", 1);

    assertThat(caching.add("a", 1)).isEqualTo(first);
    assertThat(calls).isEmpty();
    assertThat(caching.add("a", 2)).isEqualTo(new Outcome.CommandIdReused<>());
  }

  @Test
  void repeatOfACommandFromAnotherProcessFindsItsCommit() {
    caching.add("a", 1);
    Outcome<Long> first = elsewhere.add("b", 2);
    elsewhere.add("c", 4);

    assertThat(caching.add("b", 2)).isEqualTo(first);
    assertThat(store.load(STREAM).commits()).hasSize(3);
  }

  /** The SHA-256 hashes of both ids begin with c51deb06; only the first two bytes are kept. */
  @Test
  void commandsWithCollidingHashesAreDistinguished() {
    Outcome<Long> one = caching.add("c17439", 1);
    Outcome<Long> two = caching.add("c24164", 2);

    assertThat(one).isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(two).isEqualTo(new Outcome.Completed<>(3L, 2));
    for (Environment process : List.of(caching, elsewhere)) {
      assertThat(process.add("c17439", 1)).isEqualTo(one);
      assertThat(process.add("c24164", 2)).isEqualTo(two);
    }
    assertThat(store.load(STREAM).commits()).hasSize(2);
  }

  /** In a busy stream, an eighth of the commands have the hash of another one. */
  @Test
  void commandWithACollidingHashCostsTheReadOfOneCommit() {
    caching.add("c17439", 1);
    caching.add("another", 1);

    caching.add("c24164", 2);

    assertThat(calls).containsExactly("read", "append");
  }

  /** The answer to the append is lost, and the client's retry reaches another process. */
  @Test
  void crashBetweenWriteAndAnswerHasOneEffect() {
    Environment crashing =
        new Environment(
            new ForwardingEventStore(store) {
              @Override
              public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
                super.append(writes, unchanged);
                throw new IllegalStateException("Killed");
              }
            },
            CACHE_BYTES);
    assertThatThrownBy(() -> crashing.add("a", 1)).hasMessage("Killed");

    assertThat(elsewhere.add("a", 1)).isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(caching.add("a", 1)).isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  /** A client library that retries on its own meets the commit of its first attempt. */
  @Test
  void appendThatTheClientLibraryRepeatsIsNoConflict() {
    EventStore repeating =
        new ForwardingEventStore(store) {
          @Override
          public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
            super.append(writes, unchanged);
            return super.append(writes, unchanged);
          }
        };

    assertThat(new Environment(repeating, CACHE_BYTES).add("a", 1))
        .isEqualTo(new Outcome.Completed<>(1L, 1));
    assertThat(store.load(STREAM).commits()).hasSize(1);
  }

  @Test
  void recentCommandsSurviveSnapshots() {
    for (int i = 1; i <= 150; i++) {
      clock.advance(Duration.ofMinutes(1).toNanos());
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
  void snapshotOfAnotherSchemaIsIgnored() {
    for (int i = 1; i <= 50; i++) {
      elsewhere.add("c" + i, 1);
    }
    Counter.States next =
        new Counter.States() {
          @Override
          public int schema() {
            return 2;
          }

          @Override
          public Long decode(String data) {
            throw new AssertionError("Of another schema");
          }
        };

    assertThat(handler(observed(), 0, next).handle(STREAM, envelope("n", 1), events::add))
        .isEqualTo(new Outcome.Completed<>(51L, 51));
    Predicate<Snapshot> ofTwo = snapshot -> snapshot.schema() == 2;
    assertThat(store.load(STREAM, Long.MAX_VALUE, ofTwo).base()).isNotNull();
  }

  @Test
  void unreadableSnapshotIsIgnored() {
    for (int i = 1; i <= 50; i++) {
      elsewhere.add("c" + i, 1);
    }
    List<String> broken = new ArrayList<>();
    Counter.States strict =
        new Counter.States() {
          @Override
          public Long decode(String data) {
            broken.add(data);
            throw new UnreadableException("No count");
          }
        };

    assertThat(handler(store, 0, strict).handle(STREAM, envelope("n", 1), events::add))
        .isEqualTo(new Outcome.Completed<>(51L, 51));
    assertThat(broken).hasSizeGreaterThan(1);
  }

  @Test
  void leastRecentlyUsedStreamIsEvictedFirst() {
    Environment small = new Environment(observed(), 3 * 512);
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
  void commandThatMightEndAfterItsDeadlineIsNotStarted() {
    Instant tooSoon = NOW.plusSeconds(5).minusMillis(1);

    assertThat(caching.add(STREAM, "a", 1, commit -> true, tooSoon))
        .isEqualTo(new Outcome.DeadlineExceeded<>());
    assertThat(calls).doesNotContain("append");
    assertThat(caching.add(STREAM, "a", 1, commit -> true, NOW.plusSeconds(5)))
        .isEqualTo(new Outcome.Completed<>(1L, 1));
  }

  @Test
  void throttlingUntilTheDeadlineIsNoContention() {
    Environment throttled =
        new Environment(
            new ForwardingEventStore(store) {
              @Override
              public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
                return new AppendResult.Throttled();
              }
            },
            CACHE_BYTES);
    Instant deadline = NOW.plus(WRITE_TIME).plusMillis(100);

    assertThatThrownBy(() -> throttled.add(STREAM, "a", 1, commit -> true, deadline))
        .isInstanceOf(ThrottledException.class);
    assertThat(events).hasSize(6).containsOnly(AttemptEvent.THROTTLED);
    assertThat(clock.sleeps())
        .extracting(nanos -> nanos / 1_000_000)
        .containsExactly(4L, 8L, 16L, 32L, 40L);
  }

  @Test
  void tooLargeCommitIsReportedWithItsLimit() {
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
    CommandExecutor executor = new OptimisticCommandExecutor(store, clock, clock, Duration.ZERO, 0);

    assertThat(
            new CommandHandler<>(executor, counter, verbose)
                .handle(STREAM, envelope("a", 1), events::add))
        .isEqualTo(new Outcome.TooLarge<>(EventStore.Limit.COMMIT_BYTES, 500_000));
    assertThat(store.load(STREAM).commits()).isEmpty();
  }

  @Test
  void decisionsOnASnapshotEqualDecisionsOnAllEvents() {
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
