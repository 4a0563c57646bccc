package io.streamkeep.importer;

import io.streamkeep.importer.OrdersClient.ListedOrder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares the result of a query with the orders that it must show sooner or later. */
final class ViewCheck {

  private interface Query {
    /** The orders that differ: invoice number → description. */
    Map<String, String> differences() throws IOException, InterruptedException;
  }

  private final List<CompletedOrder> orders;
  private final Query query;
  private volatile Map<String, String> differences = Map.of();

  private ViewCheck(List<CompletedOrder> orders, Query query) {
    this.orders = orders;
    this.query = query;
  }

  /** Checks the view of an order, which must reflect its newest commit. */
  static ViewCheck ofOrder(CompletedOrder order, long newest, OrdersClient client) {
    return new ViewCheck(
        List.of(order),
        () -> {
          Optional<String> difference =
              client
                  .view(order.state().id())
                  .map(view -> difference(order, newest, view))
                  .orElse(Optional.of("there is no view of the order"));
          return difference.map(text -> Map.of(order.invoice(), text)).orElse(Map.of());
        });
  }

  private static Optional<String> difference(CompletedOrder order, long newest, OrderState view) {
    return view.commit() == newest
        ? order.difference(view).map(text -> "the view " + text)
        : Optional.of("the view reflects commit %d, not %d".formatted(view.commit(), newest));
  }

  /** Checks the list of a customer's orders. */
  static ViewCheck ofCustomer(String customer, List<CompletedOrder> orders, OrdersClient client) {
    return new ViewCheck(
        orders,
        () -> {
          Map<String, ListedOrder> listed = client.ordersOf(customer);
          Map<String, String> differences = new HashMap<>();
          for (CompletedOrder order : orders) {
            OrderState state = order.state();
            ListedOrder actual = listed.get(state.id());
            ListedOrder expected = new ListedOrder(state.status(), state.total(), state.refunded());
            if (!expected.equals(actual)) {
              differences.put(
                  order.invoice(),
                  "customer %s's list has %s instead of %s".formatted(customer, actual, expected));
            }
          }
          return differences;
        });
  }

  void run() throws IOException, InterruptedException {
    try {
      differences = query.differences();
    } catch (ResponseException e) {
      String problem = String.valueOf(e.getMessage());
      differences =
          orders.stream().collect(Collectors.toMap(CompletedOrder::invoice, order -> problem));
    }
  }

  /** The differences that the last run found: invoice number → description. */
  Map<String, String> differences() {
    return differences;
  }

  boolean passed() {
    return differences.isEmpty();
  }
}
