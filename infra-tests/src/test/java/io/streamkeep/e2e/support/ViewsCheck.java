package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.domain.Registry;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.store.StreamId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
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
    Map<String, String> expected = of(keys, expectedRows());
    assertThat(expected).hasSize(rows(keys));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(of(keys, storedRows())).containsExactlyInAnyOrderEntriesOf(expected));
  }

  /** The number of rows of these streams or keys in all views together. */
  private int rows(Set<String> keys) {
    List<StreamId> streams =
        events().streams().stream()
            .filter(stream -> keys.stream().anyMatch(stream.toString()::endsWith))
            .toList();
    assertThat(streams).hasSize(keys.size());
    return streams.stream().mapToInt(ViewsCheck::rows).sum();
  }

  /** The number of rows of a stream in all views together. */
  public static int rows(StreamId stream) {
    return (int)
        Registry.projections().stream().filter(projection -> projection.handles(stream)).count();
  }

  private static Map<String, String> of(Set<String> keys, Map<String, String> rows) {
    Map<String, String> some = new HashMap<>(rows);
    some.keySet().removeIf(row -> keys.stream().noneMatch(row::endsWith));
    return some;
  }
}
