package io.streamkeep.testkit.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.memory.ForwardingViewStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of totals in every view store: each row counts once, with its current amounts. */
public abstract class TotalsContract {

  private static final int PROJECTIONS = 4;
  private static final int STREAMS = 8;
  private static final int COMMITS = 10;

  /** Keeps this test's totals apart from what other tests left in the store. */
  protected final String group = "totals-" + UUID.randomUUID();

  private final InMemoryEventStore events = new InMemoryEventStore();

  private final Projection<String, String> projection = new CountedView(group).projection();
  protected final StreamId stream =
      new StreamId(CountedView.CATEGORY, UUID.randomUUID().toString());

  protected abstract ViewStore store();

  protected abstract ViewReader reader();

  private Map<String, Map<String, BigInteger>> totals() {
    return totals(reader(), group);
  }

  /** The amounts by name, for each sort key. */
  private static Map<String, Map<String, BigInteger>> totals(ViewReader reader, String group) {
    return reader.totals(group, " ", "~", null, Optional::of, 1000).items().stream()
        .map(total -> Objects.requireNonNull(total.value()))
        .collect(toMap(TotalRow::sortKey, TotalRow::amounts));
  }

  /** Delivers commits to the view. */
  protected final void deliver(Commit... commits) {
    deliver(store(), List.of(commits));
  }

  private void deliver(ViewStore on, List<Commit> commits) {
    new ViewProjector<>(projection, on, events).deliver(commits.getFirst().stream(), commits);
  }

  /** Appends a commit after which the row adds the amount under a sort key; none if it is empty. */
  protected final Commit counts(StreamId of, String sortKey, long amount) {
    String data = sortKey.isEmpty() ? "" : sortKey + " " + amount;
    return CountedView.append(events, of, data);
  }

  protected final void assertTotal(String sortKey, long rows, long amount) {
    assertThat(totals().get(sortKey))
        .isEqualTo(Map.of("rows", BigInteger.valueOf(rows), "amount", BigInteger.valueOf(amount)));
  }

  @Test
  void totalSumsAllRows() {
    StreamId other = new StreamId(CountedView.CATEGORY, "other " + stream.key());
    deliver(counts(stream, "a", 5), counts(stream, "a", 7));
    deliver(counts(other, "a", 0));
    deliver(counts(stream, "a", 4));

    assertTotal("a", 2, 4);
    assertThat(totals()).containsOnlyKeys("a");
    assertThat(totals(reader(), "another-" + group)).isEmpty();
  }

  @Test
  void rowCountsUnderItsCurrentSortKey() {
    deliver(counts(stream, "a", 5));
    deliver(counts(stream, "b", 3));

    assertTotal("a", 0, 0);
    assertTotal("b", 1, 3);
  }

  @Test
  void rowStopsCountingAndCountsAgain() {
    deliver(counts(stream, "a", 5));
    deliver(counts(stream, "", 0));
    assertTotal("a", 0, 0);

    deliver(counts(stream, "a", 2));
    assertTotal("a", 1, 2);
  }

  /** Its events are gone, as after a restore to an earlier time. */
  @Test
  void rowAheadOfItsStreamStopsCounting_whenItIsRewound() {
    StreamId kept = new StreamId(CountedView.CATEGORY, "kept " + stream.key());
    deliver(counts(kept, "a", 4));
    deliver(counts(stream, "a", 5), counts(stream, "a", 7));
    EventStore none = new InMemoryEventStore();

    assertThat(new ViewProjector<>(projection, store(), none).rewind(stream)).isTrue();
    assertThat(new ViewProjector<>(projection, store(), none).rewind(stream)).isFalse();

    assertTotal("a", 1, 4);
    assertThat(store().find(projection.name(), stream).data()).isNull();
  }

  @Test
  void rowIsCountedAnew_whenItIsRewound() {
    Commit first = counts(stream, "a", 5);
    deliver(first, counts(stream, "b", 7));
    InMemoryEventStore restored = new InMemoryEventStore();
    CountedView.append(restored, stream, "a 5");

    assertThat(new ViewProjector<>(projection, store(), restored).rewind(stream)).isTrue();

    assertTotal("a", 1, 5);
    assertTotal("b", 0, 0);
    assertThat(store().find(projection.name(), stream).commit()).isEqualTo(1);
  }

  @Test
  void totalMayExceedALong() {
    deliver(counts(stream, "a", Long.MAX_VALUE));
    deliver(
        counts(new StreamId(CountedView.CATEGORY, "other " + stream.key()), "a", Long.MAX_VALUE));

    assertThat(totals().get("a"))
        .containsEntry("amount", BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
  }

  @Test
  void duplicateCountsOnce() {
    Commit first = counts(stream, "a", 5);
    Commit second = counts(stream, "a", 7);
    deliver(second);
    deliver(first, second);
    deliver(first);

    assertTotal("a", 1, 7);
  }

  @Test
  void refusedPutAddsNothing() {
    StoredRow nothing = store().find(projection.name(), stream);
    deliver(counts(stream, "a", 5));

    Row late = new Row(projection.view().codec().encode("b 1"), null, Set.of());
    assertThat(store().put(projection.name(), stream, nothing, late, 1, projection.totals(late)))
        .isEmpty();

    assertTotal("a", 1, 5);
    assertThat(totals()).containsOnlyKeys("a");
  }

  /** The process ends before the write, or after it without having seen the response. */
  @Test
  void interruptedPutCountsOnce() {
    Commit first = counts(stream, "a", 5);
    for (boolean before : List.of(true, false)) {
      assertThatThrownBy(() -> deliver(new Interrupted(store(), before), List.of(first)))
          .hasMessage("interrupted");
    }
    assertTotal("a", 1, 5);

    deliver(first);
    assertTotal("a", 1, 5);
  }

  /** Each of several projections delivers all commits in its own order. */
  @Test
  void rowCountsOnce_whenProjectionsRace() throws Exception {
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < STREAMS * COMMITS; i++) {
      StreamId of = new StreamId(CountedView.CATEGORY, i % STREAMS + " of " + stream.key());
      commits.add(counts(of, i % 7 == 0 ? "" : "ab".substring(i % 2, i % 2 + 1), i));
    }
    CyclicBarrier start = new CyclicBarrier(PROJECTIONS);
    List<Callable<Void>> projections =
        IntStream.range(0, PROJECTIONS)
            .<Callable<Void>>mapToObj(
                seed ->
                    () -> {
                      List<Commit> mine = new ArrayList<>(commits);
                      Collections.shuffle(mine, new Random(seed));
                      start.await(30, TimeUnit.SECONDS);
                      mine.forEach(this::deliver);
                      return null;
                    })
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(PROJECTIONS)) {
      for (Future<Void> projection : threads.invokeAll(projections)) {
        projection.get();
      }
    }

    assertThat(withoutZeros(totals()))
        .isEqualTo(folded(commits.subList(commits.size() - STREAMS, commits.size())));
  }

  private Map<String, Map<String, BigInteger>> folded(List<Commit> last) {
    InMemoryViewStore sums = new InMemoryViewStore();
    last.forEach(commit -> new ViewProjector<>(projection, sums, events).catchUp(commit.stream()));
    return withoutZeros(totals(sums, group));
  }

  private static Map<String, Map<String, BigInteger>> withoutZeros(
      Map<String, Map<String, BigInteger>> totals) {
    Map<String, Map<String, BigInteger>> some = new TreeMap<>(totals);
    some.values().removeIf(amounts -> amounts.values().stream().allMatch(n -> n.signum() == 0));
    return some;
  }

  /** A process that ends at its first write. */
  private static final class Interrupted extends ForwardingViewStore {
    private final boolean before;

    Interrupted(ViewStore store, boolean before) {
      super(store);
      this.before = before;
    }

    @Override
    public Optional<StoredRow> put(
        String view,
        StreamId of,
        StoredRow from,
        Row next,
        long commit,
        List<AggregateTotal> adds) {
      if (!before) {
        assertThat(super.put(view, of, from, next, commit, adds)).isPresent();
      }
      throw new IllegalStateException("interrupted");
    }
  }
}
