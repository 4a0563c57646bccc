package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.domain.Registry;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares all views, row by row, with a fold of the event table. */
public record ViewsCheck(Backend backend) {

  /** The stored rows with their cursors by view and stream, as text, which makes readable diffs. */
  public Map<String, String> storedRows() {
    return stored().rows();
  }

  private ViewState stored() {
    return ViewState.stored(backend.dynamoDb(), backend.tableName("ViewsTable"));
  }

  /** The rows that result from folding the event table. */
  public Map<String, String> expectedRows() {
    return folded().rows();
  }

  private ViewState folded() {
    return ViewState.folded(events().commits());
  }

  private EventTable events() {
    return new EventTable(backend.dynamoDb(), backend.tableName("EventsTable"));
  }

  public Set<String> streams() {
    return events().streams().stream().map(StreamId::toString).collect(Collectors.toSet());
  }

  /** The totals that result from folding the event table, by group and sort key. */
  public Map<String, Map<String, BigInteger>> expectedTotals() {
    return folded().totals();
  }

  /** Waits until all views and totals equal the fold; fails with the difference. */
  public void awaitViews(int streams) {
    assertThat(streams()).hasSize(streams);
    ViewState expected = folded();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(storedRows()).containsExactlyInAnyOrderEntriesOf(expected.rows()));
    assertThat(stored().totals()).isEqualTo(expected.totals());
  }

  /** Does the same for these streams or keys only, on a backend that also has others. */
  public void awaitViewsOf(Set<String> keys) {
    Map<String, String> expected = expectedRows(keys);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(storedRows(keys)).containsExactlyInAnyOrderEntriesOf(expected));
  }

  /** The stored rows of these streams or keys. */
  public Map<String, String> storedRows(Set<String> keys) {
    return ViewState.storedRows(
        backend.dynamoDb(), backend.tableName("ViewsTable"), stream -> isIn(keys, stream));
  }

  /** The rows that result from folding these streams or keys, of which each must exist. */
  public Map<String, String> expectedRows(Set<String> keys) {
    Map<StreamId, List<Commit>> streams = events().commits(stream -> isIn(keys, stream));
    assertThat(streams).hasSize(keys.size());
    Map<String, String> rows = ViewState.folded(streams).rows();
    assertThat(rows).hasSize(streams.keySet().stream().mapToInt(ViewsCheck::rows).sum());
    return rows;
  }

  private static boolean isIn(Set<String> keys, StreamId stream) {
    return keys.stream().anyMatch(stream.toString()::endsWith);
  }

  /** The number of rows of a stream in all views together. */
  public static int rows(StreamId stream) {
    return (int)
        Registry.projections().stream().filter(projection -> projection.handles(stream)).count();
  }
}
