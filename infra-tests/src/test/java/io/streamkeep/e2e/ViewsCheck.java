package io.streamkeep.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoTotals;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Total;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Compares all views, item by item, with the pure fold of the event table. */
record ViewsCheck(Backend backend) {

  /** A row and its cursor by view and stream, as text, so that a difference can be read. */
  Map<String, String> rows() {
    DynamoViewStore rows = new DynamoViewStore(backend.dynamoDb(), backend.tableName("ViewsTable"));
    Map<String, String> found = new HashMap<>();
    Set<String> views = Views.all().stream().map(View::name).collect(Collectors.toSet());
    items("ViewsTable")
        .filter(item -> views.contains(text(item, "view"))) // what lasts of a row is found with it
        .forEach(
            item -> {
              StreamId stream = StreamId.parse(text(item, "stream"));
              String view = text(item, "view");
              Projected projected = rows.find(view, stream);
              found.put(view + " of " + stream, text(projected.row(), projected.commit()));
            });
    return found;
  }

  /** Totals by group and rank, but for those that count nothing. */
  private Map<String, Map<String, BigInteger>> totals() {
    DynamoTotals totals = new DynamoTotals(backend.dynamoDb(), backend.tableName("ViewsTable"));
    Map<String, Map<String, BigInteger>> found = new TreeMap<>();
    for (View view : Views.all()) {
      totals
          .list(view.name(), " ", "~", null, sum -> true, 10_000)
          .sums()
          .forEach(sum -> found.put(view.name() + " " + sum.rank(), sum.amounts()));
    }
    return withoutZeros(found);
  }

  private static Map<String, Map<String, BigInteger>> withoutZeros(
      Map<String, Map<String, BigInteger>> totals) {
    totals.values().removeIf(sums -> sums.values().stream().allMatch(n -> n.signum() == 0));
    return totals;
  }

  /** What the rows must be, and the totals. */
  private record Folded(Map<String, String> rows, Map<String, Map<String, BigInteger>> totals) {

    void add(View view, StreamId stream, Row row, long commit) {
      rows.put(view.name() + " of " + stream, text(row, commit));
      for (Total total : view.totals(row)) {
        Map<String, BigInteger> sums =
            totals.computeIfAbsent(total.group() + " " + total.rank(), name -> new TreeMap<>());
        total
            .amounts()
            .forEach((name, n) -> sums.merge(name, BigInteger.valueOf(n), BigInteger::add));
      }
    }
  }

  /** What the rows must be. */
  Map<String, String> fold() {
    return folded().rows;
  }

  private Folded folded() {
    EventStore events = new DynamoEventStore(backend.dynamoDb(), backend.tableName("EventsTable"));
    Folded folded = new Folded(new HashMap<>(), new TreeMap<>());
    for (String name : streams()) {
      StreamId stream = StreamId.parse(name);
      Views.all().stream()
          .filter(view -> view.category().equals(stream.category()))
          .forEach(view -> fold(view, events, stream, folded));
    }
    withoutZeros(folded.totals);
    return folded;
  }

  private static void fold(View view, EventStore events, StreamId stream, Folded folded) {
    @Nullable Row row = null;
    long last = 0;
    for (Commit commit : events.load(stream).commits()) {
      row = view.apply(row, commit);
      last = commit.number();
    }
    if (row == null) {
      throw new AssertionError("No commits in " + stream);
    }
    folded.add(view, stream, row, last);
  }

  Set<String> streams() {
    return items("EventsTable").map(item -> text(item, "stream")).collect(Collectors.toSet());
  }

  /** Waits until all views and totals are what they must be; fails with the difference. */
  void awaitViews(int orders) {
    assertThat(streams()).hasSize(orders);
    Folded expected = folded();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(rows()).containsExactlyInAnyOrderEntriesOf(expected.rows));
    assertThat(totals()).isEqualTo(expected.totals);
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

  private static String text(@Nullable Row row, long commit) {
    return row + " at commit " + commit;
  }

  private static String text(Map<String, AttributeValue> item, String attribute) {
    return requireNonNull(item.get(attribute), attribute).s();
  }

  private Stream<Map<String, AttributeValue>> items(String table) {
    return backend
        .dynamoDb()
        .scanPaginator(s -> s.tableName(backend.tableName(table)))
        .items()
        .stream();
  }
}
