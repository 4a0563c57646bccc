package io.streamkeep.importer;

import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.order.CustomerOrdersView;
import io.streamkeep.domain.order.CustomerOrdersView.Summary;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderView;
import io.streamkeep.domain.order.OrderView.OrderRow;
import io.streamkeep.kernel.projection.View;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An order that was placed, confirmed and completed.
 *
 * @param events the events that its commands must have resulted in
 * @param commit the number of the last command's commit
 */
record CompletedOrder(ParsedInvoice.Order order, String id, List<OrderEvent> events, long commit) {

  static final OrderView VIEW = new OrderView();
  static final CustomerOrdersView LIST = new CustomerOrdersView();

  static CompletedOrder of(ParsedInvoice.Order order, String id, Instant placedAt, long commit) {
    OrderEvent placed =
        new OrderEvent.Placed(
            order.customer(),
            order.country(),
            order.currency(),
            placedAt,
            order.lines(),
            order.total());
    return new CompletedOrder(
        order, id, List.of(placed, new OrderEvent.Confirmed(), new OrderEvent.Completed()), commit);
  }

  CompletedOrder afterReturn(SortedMap<Integer, Long> lines, long returnCommit) {
    long refund = // can't overflow, since it is at most the total
        lines.entrySet().stream()
            .mapToLong(line -> line.getValue() * order.lines().get(line.getKey() - 1).unitPrice())
            .sum();
    List<OrderEvent> all = new ArrayList<>(events);
    all.add(new OrderEvent.Returned(lines, refund, null));
    return new CompletedOrder(order, id, all, returnCommit);
  }

  String invoice() {
    return order.invoice();
  }

  /** The order as the customer's list must show it. */
  Summary summary() {
    return fold(LIST);
  }

  private <R> R fold(View<OrderEvent, R> view) {
    @Nullable R row = null;
    for (OrderEvent event : events) {
      row = view.apply(id, row, event);
    }
    return Objects.requireNonNull(row);
  }

  /** Lists the fields in which the order differs from the expected one; empty if none does. */
  Optional<String> difference(OrderRow actual) {
    OrderRow expected = fold(VIEW);
    if (actual.equals(expected)) {
      return Optional.empty();
    }
    JsonObject is = Json.read(VIEW.codec().encode(actual));
    JsonObject mustBe = Json.read(VIEW.codec().encode(expected));
    TreeSet<String> fields = new TreeSet<>(is.keySet());
    fields.addAll(mustBe.keySet());
    fields.removeIf(field -> Objects.equals(is.get(field), mustBe.get(field)));
    return Optional.of(
        fields.stream()
            .map(name -> "%s %s instead of %s".formatted(name, is.get(name), mustBe.get(name)))
            .collect(Collectors.joining(", ", "answered ", "")));
  }
}
