package io.streamkeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.StreamId;
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
      return new Broken(empty) {
        @Override
        public AppendResult append(Head head, Proposal proposal) {
          return new AppendResult.Conflict();
        }
      };
    }
  }

  static final class WithoutCondition extends EventStoreContract {
    private final EventStore real = new InMemoryEventStore();

    @Override
    protected EventStore store() {
      return new Broken(real) {
        @Override
        public AppendResult append(Head head, Proposal proposal) {
          AppendResult result = super.append(head, proposal);
          return result instanceof AppendResult.Conflict
              ? new AppendResult.Appended(real.load(((HeadOf) head).stream()).commits().getLast())
              : result;
        }
      };
    }
  }

  static final class OnePageOnly extends EventStoreContract {
    private final EventStore real = new InMemoryEventStore();

    @Override
    protected EventStore store() {
      return new Broken(real) {
        @Override
        public History load(StreamId stream) {
          History all = super.load(stream);
          return new History(all.commits().stream().limit(10).toList(), all.head());
        }
      };
    }
  }

  private record HeadOf(StreamId stream, EventStore.Head head) implements EventStore.Head {}

  /** A store to break. */
  private static class Broken implements EventStore {
    private final EventStore store;

    Broken(EventStore store) {
      this.store = store;
    }

    @Override
    public History load(StreamId stream) {
      History history = store.load(stream);
      return new History(history.commits(), new HeadOf(stream, history.head()));
    }

    @Override
    public AppendResult append(Head head, Proposal proposal) {
      return store.append(head instanceof HeadOf of ? of.head() : head, proposal);
    }

    @Override
    public Slice read(StreamId stream, long after, int limit) {
      return store.read(stream, after, limit);
    }
  }
}
