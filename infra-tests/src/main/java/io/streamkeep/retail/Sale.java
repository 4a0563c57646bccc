package io.streamkeep.retail;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An order that was carried through to completion: what was asked for, with all that has been
 * returned since by line number, and the API's last answer to it.
 */
record Sale(Draft.Order order, SortedMap<Integer, Long> returned, OrderView last) {

  static final String COMPLETED = "completed";

  Sale {
    returned = Collections.unmodifiableSortedMap(new TreeMap<>(returned));
  }

  static Sale completed(Draft.Order order, OrderView answer) {
    return new Sale(order, new TreeMap<>(), answer);
  }

  Sale after(PlannedReturn.Hit hit, OrderView answer) {
    SortedMap<Integer, Long> sum = new TreeMap<>(returned);
    hit.lines().forEach((line, quantity) -> sum.merge(line, quantity, Math::addExact));
    return new Sale(order, sum, answer);
  }

  String invoice() {
    return order.invoice();
  }

  /** In minor units; no more than the order's total, so that it can't overflow. */
  long refund() {
    return returned.entrySet().stream()
        .mapToLong(e -> e.getValue() * order.lines().get(e.getKey() - 1).unitPrice())
        .sum();
  }

  /** How an answer differs from what should be there by now; the commit is not looked at. */
  Optional<String> difference(OrderView seen) {
    OrderView expected =
        new OrderView(
            last.id(),
            seen.commit(),
            COMPLETED,
            order.currency(),
            order.total(),
            refund(),
            returned);
    return seen.equals(expected)
        ? Optional.empty()
        : Optional.of("answered " + seen + " instead of " + expected);
  }
}
