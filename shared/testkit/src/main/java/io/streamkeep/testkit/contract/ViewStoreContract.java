package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
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
import org.junit.jupiter.api.Test;

/** The contract of every view store. A store's test extends this and supplies the store. */
public abstract class ViewStoreContract {

  protected static final String VIEW = "contract";

  private static final int WRITERS = 4;
  private static final long COMMITS = 40;

  protected final StreamId stream = new StreamId("contract", UUID.randomUUID().toString());

  protected abstract ViewStore store();

  /** The row after a commit; its large member changes only with every fourth commit. */
  protected static Row row(long commit) {
    String large = ("since " + commit / 4 * 4 + " ").repeat(300);
    String data = "{\"commit\":%d,\"large\":\"%s\",\"last\":%d}".formatted(commit, large, commit);
    return new Row(data, null, Set.of("large"));
  }

  protected static Row small(long commit) {
    return new Row("{\"commit\":%d,\"large\":\"\"}".formatted(commit), null, Set.of("large"));
  }

  /** Replaces the stored row. */
  protected final StoredRow put(Row row, long commit) {
    return store().put(VIEW, stream, found(), row, commit, List.of()).orElseThrow();
  }

  protected final StoredRow found() {
    return store().find(VIEW, stream);
  }

  private void assertFound(Row row, long commit) {
    assertThat(found().data()).isEqualTo(row.data());
    assertThat(found().commit()).isEqualTo(commit);
    assertThat(found().parked()).isFalse();
  }

  @Test
  void rowIsFoundAsItWasPut() {
    assertMissing(found());
    for (long commit = 1; commit <= 12; commit++) {
      put(row(commit), commit);
      assertFound(row(commit), commit);
    }
  }

  @Test
  void rowShrinksAndGrows() {
    for (long commit = 1; commit <= 12; commit++) {
      Row row = commit % 3 == 0 ? small(commit) : row(commit);
      put(row, commit);
      assertFound(row, commit);
    }
  }

  @Test
  void returnedRowCanBeReplacedWithoutARead() {
    ViewStore store = store();
    StoredRow last = put(row(1), 1);
    for (long commit = 2; commit <= 12; commit++) {
      last = store.put(VIEW, stream, last, row(commit), commit, List.of()).orElseThrow();
    }
    assertFound(row(12), 12);
  }

  @Test
  void putIsRefused_whenTheRowWasReplacedSinceItWasRead() {
    StoredRow missing = found();
    StoredRow first = put(small(1), 1);
    put(row(2), 2);

    assertThat(store().put(VIEW, stream, missing, row(4), 4, List.of())).isEmpty();
    assertThat(store().put(VIEW, stream, first, row(4), 4, List.of())).isEmpty();
    assertFound(row(2), 2);
  }

  @Test
  void removedRowIsMissing() {
    StoredRow last = ViewStore.MISSING;
    for (long commit = 1; commit <= 3; commit++) {
      last = put(row(commit), commit);
    }
    put(store(), "contract-2", row(1));

    assertThat(store().remove(VIEW, stream, last, List.of())).isTrue();

    assertMissing(found());
    assertThat(store().find("contract-2", stream).commit()).isEqualTo(1);
    put(row(1), 1);
    assertFound(row(1), 1);
  }

  @Test
  void parkedRowIsRemoved() {
    put(row(1), 1);
    park(2);

    assertThat(store().remove(VIEW, stream, found(), List.of())).isTrue();

    assertMissing(found());
  }

  @Test
  void removalIsRefused_whenTheRowWasReplacedOrParkedSinceItWasRead() {
    StoredRow first = put(row(1), 1);
    StoredRow second = put(row(2), 2);
    assertThat(store().remove(VIEW, stream, first, List.of())).isFalse();
    assertFound(row(2), 2);

    park(3);
    assertThat(store().remove(VIEW, stream, second, List.of())).isFalse();
    assertThat(found().parked()).isTrue();
  }

  private void put(ViewStore store, String view, Row row) {
    assertThat(store.put(view, stream, ViewStore.MISSING, row, 1, List.of())).isPresent();
  }

  @Test
  void rowsOfOtherViewsAndStreamsAreSeparate() {
    put(row(1), 1);

    assertMissing(store().find("contract-2", stream));
    assertMissing(store().find("contrac", stream));
    assertMissing(store().find(VIEW, new StreamId("contract", "other")));
  }

  private static void assertMissing(StoredRow found) {
    assertThat(found.data()).isNull();
    assertThat(found.commit()).isZero();
    assertThat(found.parked()).isFalse();
  }

  @Test
  void viewStaysParkedUntilItsRowIsReplaced() {
    park(1);
    assertThat(found().parked()).isTrue();
    assertThat(found().data()).isNull();
    assertThat(found().commit()).isZero();

    put(row(1), 1);
    assertFound(row(1), 1);
    park(2);
    assertThat(found().parked()).isTrue();
    assertThat(found().data()).isEqualTo(row(1).data());
    assertThat(found().commit()).isEqualTo(1);

    put(row(2), 2);
    assertFound(row(2), 2);
  }

  /** Otherwise a commit left to redelivery would be lost. */
  @Test
  void putIsRefused_whenTheViewWasParkedSinceTheRowWasRead() {
    StoredRow missing = found();
    park(1);
    assertThat(store().put(VIEW, stream, missing, row(1), 1, List.of())).isEmpty();
    assertThat(found().parked()).isTrue();

    StoredRow first = put(row(1), 1);
    park(2);
    assertThat(store().put(VIEW, stream, first, row(2), 2, List.of())).isEmpty();
    assertThat(found().parked()).isTrue();
    assertThat(found().data()).isEqualTo(row(1).data());
  }

  @Test
  void missingRowCanBeAssumedWithoutARead() {
    assertThat(store().put(VIEW, stream, ViewStore.MISSING, row(1), 1, List.of())).isPresent();
    assertFound(row(1), 1);
    assertThat(store().put(VIEW, stream, ViewStore.MISSING, row(2), 2, List.of())).isEmpty();
    assertFound(row(1), 1);
  }

  @Test
  void cachedRowIsTheStoredOne() {
    put(row(1), 1);

    store()
        .cached(VIEW, stream)
        .ifPresent(cached -> assertThat(cached.data()).isEqualTo(row(1).data()));
  }

  @Test
  void cursorWithoutARowAdvances() {
    StoredCursor cursor = found();
    for (long commit = 3; commit <= 12; commit += 3) {
      cursor = store().advance(VIEW, stream, cursor, commit).orElseThrow();
      assertThat(found().commit()).isEqualTo(commit);
      assertThat(found().parked()).isFalse();
    }
    assertThat(store().advance(VIEW, stream, ViewStore.MISSING, 20)).isEmpty();
    assertThat(found().commit()).isEqualTo(12);
  }

  @Test
  void cursorStaysParkedUntilItAdvances() {
    StoredCursor before = store().advance(VIEW, stream, found(), 3).orElseThrow();
    park(4);
    assertThat(store().advance(VIEW, stream, before, 4)).isEmpty();
    assertThat(found().commit()).isEqualTo(3);
    assertThat(found().parked()).isTrue();

    assertThat(store().advance(VIEW, stream, found(), 4)).isPresent();
    assertThat(found().commit()).isEqualTo(4);
    assertThat(found().parked()).isFalse();
  }

  @Test
  void viewThatHasAdvancedIsNotParked() {
    put(row(3), 3);
    park(3);

    assertFound(row(3), 3);
  }

  private void park(long commit) {
    store().park(position(commit), "why", Instant.EPOCH);
  }

  protected final ParkedPosition position(long commit) {
    return new ParkedPosition(VIEW, stream, commit, Metadata.NONE);
  }

  /** Several projections advance in steps of different sizes; none may see half a row. */
  @Test
  void racingWritersNeverTearARow() throws Exception {
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
      assertThat(now.data()).isEqualTo(commit == 0 ? null : row(commit).data());
      if (commit == COMMITS) {
        return;
      }
      long next = Math.min(COMMITS, commit + step);
      store().put(VIEW, stream, now, row(next), next, List.of());
    }
  }
}
