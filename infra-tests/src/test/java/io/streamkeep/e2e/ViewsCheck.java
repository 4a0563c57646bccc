package io.streamkeep.e2e;

import io.streamkeep.domain.Views;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.store.StreamId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares all views, item by item, with the pure fold of the event table. */
record ViewsCheck(Backend backend) {

  /** A row and its cursor by view and stream, as text, so that a difference can be read. */
  Map<String, String> rows() {
    return stored().rows();
  }

  private ViewState stored() {
    return ViewState.stored(backend.dynamoDb(), backend.tableName("ViewsTable"));
  }

  /** What the rows must be. */
  Map<String, String> fold() {
    return folded().rows();
  }

  private ViewState folded() {
    return ViewState.folded(events().commits());
  }

  private EventTable events() {
    return new EventTable(backend.dynamoDb(), backend.tableName("EventsTable"));
  }

  Set<String> streams() {
    return events().streams().stream().map(StreamId::toString).collect(Collectors.toSet());
  }

  /** Waits until all views and totals are what they must be; fails with the difference. */
  void awaitViews(int orders) {
    assertThat(streams()).hasSize(orders);
    ViewState expected = folded();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(rows()).containsExactlyInAnyOrderEntriesOf(expected.rows()));
    assertThat(stored().totals()).isEqualTo(expected.totals());
  }

  /** The same for some orders only, where the backend has others too. */
  void awaitViewsOf(Set<String> orders) {
    Map<String, String> expected = of(orders, fold());
    assertThat(expected).hasSize(orders.size() * Views.all().size());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(of(orders, rows())).containsExactlyInAnyOrderEntriesOf(expected));
  }

  private static Map<String, String> of(Set<String> orders, Map<String, String> rows) {
    Map<String, String> some = new HashMap<>(rows);
    some.keySet().removeIf(row -> orders.stream().noneMatch(row::endsWith));
    return some;
  }
}
