package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.util.HashMap;
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

  /** Waits until all views and totals equal the fold; fails with the difference. */
  public void awaitViews(int orders) {
    assertThat(streams()).hasSize(orders);
    ViewState expected = folded();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(storedRows()).containsExactlyInAnyOrderEntriesOf(expected.rows()));
    assertThat(stored().totals()).isEqualTo(expected.totals());
  }

  /** Does the same for these orders only, where the backend has others too. */
  public void awaitViewsOf(Set<String> orders) {
    Map<String, String> expected = of(orders, expectedRows());
    assertThat(expected).hasSize(orders.size() * OrderModule.ORDER.projections().size());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(of(orders, storedRows())).containsExactlyInAnyOrderEntriesOf(expected));
  }

  private static Map<String, String> of(Set<String> orders, Map<String, String> rows) {
    Map<String, String> some = new HashMap<>(rows);
    some.keySet().removeIf(row -> orders.stream().noneMatch(row::endsWith));
    return some;
  }
}
