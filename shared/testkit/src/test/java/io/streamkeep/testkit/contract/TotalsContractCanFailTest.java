package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.View.Row;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The mistakes that a store can make with totals are found. */
final class TotalsContractCanFailTest {

  @Test
  void aStoreThatAddsNothingFails() {
    assertThat(failed(AddsNothing.class)).hasSize(8);
  }

  /** Whether those who race find it too is a matter of chance. */
  @Test
  void aStoreThatAddsWhetherOrNotTheRowIsPutFails() {
    assertThat(failed(AddsAnyway.class))
        .contains("whoIsTooLateAddsNothing()")
        .isSubsetOf("whoIsTooLateAddsNothing()", "howeverManyRaceEachRowCountsOnce()");
  }

  private static List<String> failed(Class<?> suite) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .selectors(selectClass(suite))
        .execute()
        .testEvents()
        .failed()
        .map(event -> event.getTestDescriptor().getDisplayName())
        .toList();
  }

  /** Not found by the build, as all that are in here: their names do not end in Test. */
  abstract static class Mutant extends TotalsContract implements ViewStore {
    final InMemoryViewStore real = new InMemoryViewStore();

    /** Adds to totals, and to nothing else. */
    final void add(View view, List<AggregateTotal> adds) {
      StreamId nobody = new StreamId("nobody", "" + System.identityHashCode(adds));
      StoredRow nothing = real.find(view.name(), nobody);
      real.put(view, nobody, nothing, new Row("{}", null), nothing.commit(), adds);
    }

    @Override
    protected ViewStore store() {
      return this;
    }

    @Override
    protected Map<String, Map<String, BigInteger>> totals(String group) {
      return real.totals(group);
    }

    @Override
    public StoredRow find(String name, StreamId of) {
      return real.find(name, of);
    }

    @Override
    public void park(ParkedPosition pointer, String reason, Instant at) {
      real.park(pointer, reason, at);
    }
  }

  static final class AddsNothing extends Mutant {
    @Override
    public Optional<StoredRow> put(
        View view, StreamId of, StoredRow before, Row next, long commit, List<AggregateTotal> adds) {
      return real.put(view, of, before, next, commit, List.of());
    }
  }

  static final class AddsAnyway extends Mutant {
    @Override
    public Optional<StoredRow> put(
        View view, StreamId of, StoredRow before, Row next, long commit, List<AggregateTotal> adds) {
      add(view, adds);
      return real.put(view, of, before, next, commit, List.of());
    }
  }
}
