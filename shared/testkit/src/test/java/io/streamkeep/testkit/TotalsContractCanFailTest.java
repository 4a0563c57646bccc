package io.streamkeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Total;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore;
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
    final void add(View view, List<Total> adds) {
      StreamId nobody = new StreamId("nobody", "" + System.identityHashCode(adds));
      Projected nothing = real.find(view.name(), nobody);
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
    public Projected find(String name, StreamId of) {
      return real.find(name, of);
    }

    @Override
    public void park(Pointer pointer, String reason, Instant at) {
      real.park(pointer, reason, at);
    }
  }

  static final class AddsNothing extends Mutant {
    @Override
    public Optional<Projected> put(
        View view, StreamId of, Projected before, Row next, long commit, List<Total> adds) {
      return real.put(view, of, before, next, commit, List.of());
    }
  }

  static final class AddsAnyway extends Mutant {
    @Override
    public Optional<Projected> put(
        View view, StreamId of, Projected before, Row next, long commit, List<Total> adds) {
      add(view, adds);
      return real.put(view, of, before, next, commit, List.of());
    }
  }
}
