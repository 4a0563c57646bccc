package io.streamkeep.importer;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An order that was placed, confirmed and completed.
 *
 * @param state the state that the API must return
 * @param commit the number of the last command's commit
 */
record CompletedOrder(ParsedInvoice.Order order, OrderState state, long commit) {

  static CompletedOrder of(ParsedInvoice.Order order, String id, long commit) {
    return new CompletedOrder(order, OrderState.completed(id, order, new TreeMap<>()), commit);
  }

  CompletedOrder afterReturn(SortedMap<Integer, Long> lines, long returnCommit) {
    SortedMap<Integer, Long> returned = new TreeMap<>(state.returned());
    lines.forEach((line, quantity) -> returned.merge(line, quantity, Math::addExact));
    return new CompletedOrder(
        order, OrderState.completed(state.id(), order, returned), returnCommit);
  }

  String invoice() {
    return order.invoice();
  }
}
