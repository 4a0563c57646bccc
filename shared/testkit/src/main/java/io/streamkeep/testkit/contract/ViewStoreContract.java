package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.View.Row;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every view store has to do; a subclass gives the store. */
public abstract class ViewStoreContract {

  /** A view with a large member that changes with every fourth commit only. */
  protected static final View VIEW = new Growing();

  private static final int WRITERS = 4;
  private static final long COMMITS = 40;

  protected final StreamId stream = new StreamId("contract", UUID.randomUUID().toString());

  protected abstract ViewStore store();

  private record Growing() implements View {

    @Override
    public String name() {
      return "contract";
    }

    @Override
    public String category() {
      return "contract";
    }

    @Override
    public Set<String> lasting() {
      return Set.of("large");
    }

    @Override
    public Row apply(@Nullable Row row, Commit commit) {
      return row(commit.number());
    }
  }

  /** The row after a commit. */
  protected static Row row(long commit) {
    String large = ("since " + commit / 4 * 4 + " ").repeat(300);
    return new Row(
        "{\"commit\":%d,\"large\":\"%s\",\"last\":%d}".formatted(commit, large, commit), null);
  }

  protected static Row small(long commit) {
    return new Row("{\"commit\":%d,\"large\":\"\"}".formatted(commit), null);
  }

  /** Puts a row over what is there. */
  protected final StoredRow put(Row row, long commit) {
    return store().put(VIEW, stream, found(), row, commit, List.of()).orElseThrow();
  }

  protected final StoredRow found() {
    return store().find(VIEW.name(), stream);
  }

  private void assertFound(Row row, long commit) {
    assertThat(found().row()).isEqualTo(row);
    assertThat(found().commit()).isEqualTo(commit);
    assertThat(found().parked()).isFalse();
  }

  @Test
  void aRowIsFoundAsItWasPut() {
    assertNothing(found());
    for (long commit = 1; commit <= 12; commit++) {
      put(row(commit), commit);
      assertFound(row(commit), commit);
    }
  }

  @Test
  void aRowShrinksAndGrows() {
    for (long commit = 1; commit <= 12; commit++) {
      Row row = commit % 3 == 0 ? small(commit) : row(commit);
      put(row, commit);
      assertFound(row, commit);
    }
  }

  @Test
  void whatWasPutCanBePutOver() {
    ViewStore store = store();
    StoredRow last = put(row(1), 1);
    for (long commit = 2; commit <= 12; commit++) {
      last = store.put(VIEW, stream, last, row(commit), commit, List.of()).orElseThrow();
    }
    assertFound(row(12), 12);
  }

  @Test
  void aRowIsPutOnlyOverTheOneThatWasThere() {
    StoredRow nothing = found();
    StoredRow first = put(small(1), 1);
    put(row(2), 2);

    assertThat(store().put(VIEW, stream, nothing, row(4), 4, List.of())).isEmpty();
    assertThat(store().put(VIEW, stream, first, row(4), 4, List.of())).isEmpty();
    assertFound(row(2), 2);
  }

  @Test
  void rowsOfOtherViewsAndStreamsAreOthers() {
    put(row(1), 1);

    assertNothing(store().find("contract-2", stream));
    assertNothing(store().find("contrac", stream));
    assertNothing(store().find(VIEW.name(), new StreamId("contract", "other")));
  }

  private static void assertNothing(StoredRow found) {
    assertThat(found.row()).isNull();
    assertThat(found.commit()).isZero();
    assertThat(found.parked()).isFalse();
  }

  @Test
  void whatIsParkedIsSoUntilItGoesOn() {
    park(1);
    assertThat(found().parked()).isTrue();
    assertThat(found().row()).isNull();
    assertThat(found().commit()).isZero();

    put(row(1), 1);
    assertFound(row(1), 1);
    park(2);
    assertThat(found().parked()).isTrue();
    assertThat(found().row()).isEqualTo(row(1));
    assertThat(found().commit()).isEqualTo(1);

    put(row(2), 2);
    assertFound(row(2), 2);
  }

  /** What is left to whoever catches up would be forgotten otherwise. */
  @Test
  void whatWasParkedMeanwhileIsNotPutOver() {
    StoredRow nothing = found();
    park(1);
    assertThat(store().put(VIEW, stream, nothing, row(1), 1, List.of())).isEmpty();
    assertThat(found().parked()).isTrue();

    StoredRow first = put(row(1), 1);
    park(2);
    assertThat(store().put(VIEW, stream, first, row(2), 2, List.of())).isEmpty();
    assertThat(found().parked()).isTrue();
    assertThat(found().row()).isEqualTo(row(1));
  }

  @Test
  void whatIsExpectedToBeNothingIsPutOverNothingElse() {
    assertThat(store().put(VIEW, stream, ViewStore.NOTHING, row(1), 1, List.of())).isPresent();
    assertFound(row(1), 1);
    assertThat(store().put(VIEW, stream, ViewStore.NOTHING, row(2), 2, List.of())).isEmpty();
    assertFound(row(1), 1);
  }

  /** Somebody else has caught up in the meantime. */
  @Test
  void whatHasGoneOnIsNotParked() {
    put(row(3), 3);
    park(3);

    assertFound(row(3), 3);
  }

  private void park(long commit) {
    store().park(pointer(commit), "why", Instant.EPOCH);
  }

  protected final ParkedPosition pointer(long commit) {
    return new ParkedPosition(VIEW.name(), stream, commit, Metadata.NONE);
  }

  /** Several projections, each in steps of its own, and none sees half a row. */
  @Test
  void whoeverRacesTheRowIsAlwaysThatOfItsCommit() throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<Void>> races =
        IntStream.range(0, WRITERS)
            .mapToObj(
                writer ->
                    (Callable<Void>)
                        () -> {
                          start.await(30, TimeUnit.SECONDS);
                          race(1 + writer);
                          return null;
                        })
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<Void> race : threads.invokeAll(races)) {
        race.get();
      }
    }
    assertFound(row(COMMITS), COMMITS);
  }

  private void race(long step) {
    while (true) {
      StoredRow now = found();
      long commit = now.commit();
      assertThat(now.row()).isEqualTo(commit == 0 ? null : row(commit));
      if (commit == COMMITS) {
        return;
      }
      long next = Math.min(COMMITS, commit + step);
      store().put(VIEW, stream, now, row(next), next, List.of());
    }
  }
}
