package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The totals contract fails for every kind of broken store. */
final class TotalsContractCanFailTest {

  @Test
  void storeThatAddsNothingFails() {
    assertThat(failed(AddsNothing.class)).hasSize(10);
  }

  /** The race may find it, too. */
  @Test
  void storeThatAddsEvenIfThePutIsRefusedFails() {
    assertThat(failed(AddsAnyway.class))
        .contains("refusedPutAddsNothing()")
        .isSubsetOf("refusedPutAddsNothing()", "rowCountsOnce_whenProjectionsRace()");
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

  /** Surefire does not run the classes in here, since their names do not end in Test. */
  abstract static class Mutant extends TotalsContract implements ViewStore {
    final InMemoryViewStore real = new InMemoryViewStore();

    /** Adds to totals without replacing the row. */
    final void add(String view, List<AggregateTotal> adds) {
      StreamId other = new StreamId("other", "" + System.identityHashCode(adds));
      StoredRow before = real.find(view, other);
      real.put(view, other, before, new Row("{}", null, Set.of()), before.commit(), adds);
    }

    @Override
    protected ViewStore store() {
      return this;
    }

    @Override
    protected ViewReader reader() {
      return real;
    }

    @Override
    public StoredRow find(String name, StreamId of) {
      return real.find(name, of);
    }

    @Override
    public Optional<StoredRow> advance(String name, StreamId of, StoredCursor before, long commit) {
      return real.advance(name, of, before, commit);
    }

    @Override
    public boolean remove(
        String name, StreamId of, StoredCursor before, List<AggregateTotal> adds) {
      return real.remove(name, of, before, adds);
    }

    @Override
    public void park(ParkedPosition position, String reason, Instant at) {
      real.park(position, reason, at);
    }
  }

  static final class AddsNothing extends Mutant {
    @Override
    public Optional<StoredRow> put(
        String view,
        StreamId of,
        StoredRow before,
        Row next,
        long commit,
        List<AggregateTotal> adds) {
      return real.put(view, of, before, next, commit, List.of());
    }
  }

  static final class AddsAnyway extends Mutant {
    @Override
    public Optional<StoredRow> put(
        String view,
        StreamId of,
        StoredRow before,
        Row next,
        long commit,
        List<AggregateTotal> adds) {
      add(view, adds);
      return real.put(view, of, before, next, commit, List.of());
    }
  }
}
