package io.streamkeep.importer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Matches each returned item to the customer's newest order that has enough of it left. */
final class ReturnMatcher {

  /**
   * An order whose goods may still be returned.
   *
   * @param left line number → the quantity not returned yet
   */
  private record Returnable(ParsedInvoice.Order order, SortedMap<Integer, Long> left) {

    static Returnable of(ParsedInvoice.Order order) {
      SortedMap<Integer, Long> left = new TreeMap<>();
      order.lines().forEach(line -> left.put(left.size() + 1, line.quantity()));
      return new Returnable(order, left);
    }

    private boolean has(int line, String sku) {
      return order.lines().get(line - 1).sku().equals(sku);
    }

    /** True if the lines with the item's SKU together have enough left. */
    boolean covers(ParsedInvoice.Item item) {
      return left.entrySet().stream()
              .filter(line -> has(line.getKey(), item.sku()))
              .mapToLong(Map.Entry::getValue)
              .sum()
          >= item.quantity();
    }

    /** Moves an item, of which enough is left, into a return's lines, starting with the first. */
    void move(ParsedInvoice.Item item, SortedMap<Integer, Long> returned) {
      long missing = item.quantity();
      for (Map.Entry<Integer, Long> line : left.entrySet()) {
        long moved = has(line.getKey(), item.sku()) ? Math.min(line.getValue(), missing) : 0;
        if (moved > 0) {
          line.setValue(line.getValue() - moved);
          returned.merge(line.getKey(), moved, Math::addExact);
          missing -= moved;
        }
      }
    }

    void moveBack(SortedMap<Integer, Long> returned) {
      returned.forEach((line, quantity) -> left.merge(line, quantity, Math::addExact));
    }
  }

  private final Map<String, Deque<Returnable>> newestFirst = new HashMap<>();

  /** Ignores guests' orders, since no return can be traced to them. */
  void add(ParsedInvoice.Order order) {
    if (order.customer() != null) {
      newestFirst
          .computeIfAbsent(order.customer(), customer -> new ArrayDeque<>())
          .addFirst(Returnable.of(order));
    }
  }

  /** Matches all items of a return, or none. */
  Optional<ImportPlan.Return> match(ParsedInvoice.Return goods) {
    String customer = goods.customer();
    if (customer == null) {
      return Optional.empty();
    }
    Deque<Returnable> orders = newestFirst.getOrDefault(customer, new ArrayDeque<>());
    Map<String, SortedMap<Integer, Long>> parts = new LinkedHashMap<>();
    for (ParsedInvoice.Item item : goods.items()) {
      Optional<Returnable> found = orders.stream().filter(each -> each.covers(item)).findFirst();
      if (found.isEmpty()) {
        orders.forEach(
            each -> each.moveBack(parts.getOrDefault(each.order().invoice(), new TreeMap<>())));
        return Optional.empty();
      }
      Returnable order = found.get();
      order.move(item, parts.computeIfAbsent(order.order().invoice(), each -> new TreeMap<>()));
    }
    return Optional.of(
        new ImportPlan.Return(
            goods.invoice(),
            customer,
            parts.entrySet().stream()
                .map(part -> new ImportPlan.ReturnPart(part.getKey(), part.getValue()))
                .toList()));
  }
}
