package io.streamkeep.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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

  /** What the rows must be. */
  Map<String, String> fold() {
    EventStore events = new DynamoEventStore(backend.dynamoDb(), backend.tableName("EventsTable"));
    Map<String, String> folded = new HashMap<>();
    for (String name : streams()) {
      StreamId stream = StreamId.parse(name);
      Views.all().stream()
          .filter(view -> view.category().equals(stream.category()))
          .forEach(view -> folded.put(view.name() + " of " + stream, fold(view, events, stream)));
    }
    return folded;
  }

  private static String fold(View view, EventStore events, StreamId stream) {
    @Nullable Row row = null;
    long last = 0;
    for (Commit commit : events.load(stream).commits()) {
      row = view.apply(row, commit);
      last = commit.number();
    }
    if (row == null) {
      throw new AssertionError("No commits in " + stream);
    }
    return text(row, last);
  }

  Set<String> streams() {
    return items("EventsTable").map(item -> text(item, "stream")).collect(Collectors.toSet());
  }

  /** Waits until all views are what they must be; fails with the difference. */
  void awaitViews(int orders) {
    assertThat(streams()).hasSize(orders);
    Map<String, String> expected = fold();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(rows()).containsExactlyInAnyOrderEntriesOf(expected));
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
