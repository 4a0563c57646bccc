package io.streamkeep.importer;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An order that was placed, confirmed and completed.
 *
 * @param state the state that the API must return, at the commit of the last command or a later one
 */
record CompletedOrder(ParsedInvoice.Order order, OrderState state) {

  static CompletedOrder of(ParsedInvoice.Order order, OrderState response) {
    return of(order, new TreeMap<>(), response);
  }

  private static CompletedOrder of(
      ParsedInvoice.Order order, SortedMap<Integer, Long> returned, OrderState response) {
    long refunded = 0; // can't overflow, since it is at most the total
    for (Map.Entry<Integer, Long> line : returned.entrySet()) {
      refunded += line.getValue() * order.lines().get(line.getKey() - 1).unitPrice();
    }
    return new CompletedOrder(
        order,
        new OrderState(
            response.id(),
            response.commit(),
            "completed",
            order.currency(),
            order.total(),
            refunded,
            returned));
  }

  CompletedOrder afterReturn(ImportPlan.ReturnPart part, OrderState response) {
    SortedMap<Integer, Long> returned = new TreeMap<>(state.returned());
    part.lines().forEach((line, quantity) -> returned.merge(line, quantity, Math::addExact));
    return of(order, returned, response);
  }

  String invoice() {
    return order.invoice();
  }

  /** Describes how a response differs, ignoring its commit; empty if it does not. */
  Optional<String> difference(OrderState response) {
    OrderState expected = of(order, state.returned(), response).state();
    return response.equals(expected)
        ? Optional.empty()
        : Optional.of("answered " + response + " instead of " + expected);
  }
}
