package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The event store contract fails for every kind of broken store. */
final class ContractCanFailTest {

  @Test
  void storeThatAppendsNothingFailsAllTestsButTheEmptyStreams() {
    Events tests = run(DoesNothing.class);

    assertThat(tests.started().count()).isGreaterThan(25);
    assertThat(tests.succeeded().map(ContractCanFailTest::name))
        .containsExactly("missingStreamIsEmpty()");
  }

  @Test
  void storeThatIgnoresTheConditionFails() {
    assertThat(failed(WithoutCondition.class))
        .contains(
            "onlyOneOfTwoAppendsAfterTheSameHeadSucceeds()",
            "exactlyOneOfManyRacingWritersWinsEachCommit()",
            "appendConflicts_whenAnUnchangedStreamHasAdvanced()",
            "randomHistoriesEndAsTheModelPredicts()");
  }

  @Test
  void storeThatLoadsOnlyOnePageFails() {
    assertThat(failed(OnePageOnly.class))
        .contains(
            "longStreamIsLoadedCompletely()", "streamIsLoadedCompletely_whenNoSnapshotIsUsable()");
  }

  @Test
  void storeKeyedByEventNumberFails() {
    assertThat(failed(EventNumberKeys.class))
        .containsExactly("onlyOneOfTwoAppendsSucceeds_whenTheyHaveDifferentNumbersOfEvents()");
  }

  @Test
  void storeThatCachesReadsFails() {
    assertThat(failed(Caching.class)).contains("commitOfAnotherProcessIsLoaded()");
  }

  @Test
  void storeThatHidesTheWinnerFails() {
    assertThat(failed(LostWinner.class))
        .contains(
            "onlyOneOfTwoAppendsAfterTheSameHeadSucceeds()",
            "conflictReturnsTheHeadAfterTheWinner()",
            "oldHeadConflictsWithTheCommitRightAfterIt()");
  }

  @Test
  void storeWithSnapshotsOneCommitLateFails() {
    assertThat(failed(LateSnapshot.class))
        .contains(
            "streamIsLoadedFromItsNewestSnapshot()", "randomHistoriesEndAsTheModelPredicts()");
  }

  @Test
  void storeThatAppendsStreamsSeparatelyFails() {
    assertThat(failed(AppendsSeparately.class))
        .contains("nothingIsWritten_whenOneStreamHasAdvanced()");
  }

  private static List<String> failed(Class<?> suite) {
    return run(suite).failed().map(ContractCanFailTest::name).toList();
  }

  private static String name(Event event) {
    return event.getTestDescriptor().getDisplayName();
  }

  private static Events run(Class<?> suite) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .selectors(selectClass(suite))
        .execute()
        .testEvents();
  }

  /** Surefire does not run the classes in here, since their names do not end in Test. */
  abstract static class Mutant extends EventStoreContract {
    final EventStore real = new InMemoryEventStore();
    private final EventStore broken = broken();

    abstract EventStore broken();

    @Override
    protected EventStore store() {
      return broken;
    }

    @Override
    protected EventStore elsewhere() {
      return real;
    }

    @Override
    protected int histories() {
      return 100;
    }
  }

  static final class DoesNothing extends Mutant {
    @Override
    EventStore broken() {
      return new ForwardingEventStore(real) {
        @Override
        public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
          return new AppendResult.TransactionConflict();
        }
      };
    }

    @Override
    protected EventStore elsewhere() {
      return store();
    }
  }

  static final class WithoutCondition extends Mutant {
    @Override
    EventStore broken() {
      return new OverwritingStore(real);
    }
  }

  static final class OnePageOnly extends Mutant {
    @Override
    EventStore broken() {
      return new ForwardingEventStore(real) {
        @Override
        public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
          History all = super.load(stream, upTo, usable);
          return new History(all.base(), all.commits().stream().limit(10).toList(), all.head());
        }
      };
    }
  }

  /** Only commits with the same number of events conflict. */
  static final class EventNumberKeys extends Mutant {
    @Override
    EventStore broken() {
      return new ForwardingEventStore(real) {
        @Override
        public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
          AppendResult result = super.append(writes, unchanged);
          if (writes.size() == 1
              && result instanceof AppendResult.Conflict(List<ConcurrentCommit> moved)
              && moved.getFirst().winner().events().size()
                  != writes.getFirst().commit().events().size()) {
            Head end = load(writes.getFirst().head().stream()).head();
            return super.append(end, writes.getFirst().commit());
          }
          return result;
        }
      };
    }
  }

  static final class Caching extends Mutant {
    @Override
    EventStore broken() {
      Map<StreamId, EventStore.History> cache = new ConcurrentHashMap<>();
      return new ForwardingEventStore(real) {
        @Override
        public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
          return cache.computeIfAbsent(stream, s -> super.load(s, upTo, usable));
        }

        @Override
        public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
          cache.clear();
          return super.append(writes, unchanged);
        }
      };
    }
  }

  static final class LostWinner extends Mutant {
    @Override
    EventStore broken() {
      return new ForwardingEventStore(real) {
        @Override
        public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
          AppendResult result = super.append(writes, unchanged);
          return result instanceof AppendResult.Conflict
              ? new AppendResult.TransactionConflict()
              : result;
        }
      };
    }
  }

  static final class LateSnapshot extends Mutant {
    @Override
    EventStore broken() {
      return new ForwardingEventStore(real) {
        @Override
        public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
          History history = super.load(stream, upTo, usable);
          Base base = history.base();
          if (base == null || history.commits().isEmpty()) {
            return history;
          }
          Commit next = history.commits().getFirst();
          List<Commit> rest = history.commits().subList(1, history.commits().size());
          return new History(new Base(next, base.snapshot()), rest, history.head());
        }
      };
    }
  }

  static final class AppendsSeparately extends Mutant {
    @Override
    EventStore broken() {
      return new ForwardingEventStore(real) {
        @Override
        public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
          AppendResult result = super.append(writes, unchanged);
          if (result instanceof AppendResult.Conflict && writes.size() > 1) {
            writes.forEach(write -> super.append(List.of(write), List.of()));
          }
          return result;
        }
      };
    }
  }
}
