package io.streamkeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Snapshot;
import io.streamkeep.kernel.StreamId;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A contract that a broken store passes is no contract. */
final class ContractCanFailTest {

  @Test
  void aStoreThatDoesNothingFailsEveryTestButThatOfTheEmptyStream() {
    Events tests = run(DoesNothing.class);

    assertThat(tests.started().count()).isGreaterThan(8);
    assertThat(tests.succeeded().count()).isEqualTo(1);
  }

  @Test
  void aStoreThatForgetsTheConditionFails() {
    assertThat(run(WithoutCondition.class).failed().count()).isPositive();
  }

  @Test
  void aStoreThatLoadsOnePageOnlyFails() {
    assertThat(run(OnePageOnly.class).failed().count()).isPositive();
  }

  private static Events run(Class<?> suite) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .selectors(selectClass(suite))
        .execute()
        .testEvents();
  }

  /** Not found by the build, since its name does not end in Test. */
  static final class DoesNothing extends EventStoreContract {
    private final EventStore empty = new InMemoryEventStore();

    @Override
    protected EventStore store() {
      return new WrappedStore(empty) {
        @Override
        public AppendResult append(List<Write> writes, List<Head> unchanged) {
          return new AppendResult.Collided();
        }
      };
    }
  }

  static final class WithoutCondition extends EventStoreContract {
    private final EventStore real = new InMemoryEventStore();

    @Override
    protected EventStore store() {
      return new WrappedStore(real) {
        @Override
        public AppendResult append(List<Write> writes, List<Head> unchanged) {
          AppendResult result = super.append(writes, unchanged);
          return result instanceof AppendResult.Conflict(List<Moved> moved)
              ? new AppendResult.Appended(
                  moved.stream().map(one -> new Stored(one.winner(), one.head(), false)).toList())
              : result;
        }
      };
    }
  }

  static final class OnePageOnly extends EventStoreContract {
    private final EventStore real = new InMemoryEventStore();

    @Override
    protected EventStore store() {
      return new WrappedStore(real) {
        @Override
        public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
          History all = super.load(stream, upTo, usable);
          return new History(all.base(), all.commits().stream().limit(10).toList(), all.head());
        }
      };
    }
  }
}
