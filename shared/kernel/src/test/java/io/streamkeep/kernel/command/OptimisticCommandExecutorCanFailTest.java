package io.streamkeep.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The executor's tests fail for an executor that decides on cached state. */
final class OptimisticCommandExecutorCanFailTest {

  @Test
  void executorThatDecidesOnCachedStateFails() {
    assertThat(
            EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .selectors(selectClass(DecidesOnCachedState.class))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getTestDescriptor().getDisplayName()))
        .contains(
            "rejectionIsNeverDecidedOnCachedState()",
            "noOpIsNeverDecidedOnCachedState()",
            "failedPreconditionIsNeverDecidedOnCachedState()");
  }

  /** Loads streams as this process wrote them last. Surefire does not run it by itself. */
  static final class DecidesOnCachedState extends OptimisticCommandExecutorTest {
    @Override
    EventStore seen(EventStore store) {
      Map<StreamId, EventStore.History> cache = new HashMap<>();
      return new ForwardingEventStore(store) {
        @Override
        public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
          return cache.getOrDefault(stream, super.load(stream, upTo, usable));
        }

        @Override
        public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
          AppendResult result = super.append(writes, unchanged);
          writes.forEach(
              write -> cache.put(write.head().stream(), store.load(write.head().stream())));
          return result;
        }
      };
    }
  }
}
