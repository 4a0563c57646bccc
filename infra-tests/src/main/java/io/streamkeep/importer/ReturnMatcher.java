package io.streamkeep.importer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Matches returned items to orders: each to the customer's newest one that has enough left. */
final class ReturnMatcher {

  /** The quantities of an order's lines that are not returned yet. */
  private static final class Returnable {

    private final ParsedInvoice.Order order;
    private final long[] quantities;

    private Returnable(ParsedInvoice.Order order) {
      this.order = order;
      this.quantities = order.lines().stream().mapToLong(ParsedInvoice.Line::quantity).toArray();
    }

    /** Over all lines with the SKU. */
    long available(String sku) {
      long sum = 0;
      for (int i = 0; i < quantities.length; i++) {
        sum += order.lines().get(i).sku().equals(sku) ? quantities[i] : 0;
      }
      return sum;
    }

    /** Moves a quantity that is available into a return's lines, from the first line on. */
    void move(ParsedInvoice.Item item, SortedMap<Integer, Long> returned) {
      long missing = item.quantity();
      for (int i = 0; missing > 0; i++) {
        if (order.lines().get(i).sku().equals(item.sku()) && quantities[i] > 0) {
          long moved = Math.min(quantities[i], missing);
          quantities[i] -= moved;
          missing -= moved;
          returned.merge(i + 1, moved, Math::addExact);
        }
      }
    }

    void moveBack(SortedMap<Integer, Long> returned) {
      returned.forEach((line, quantity) -> quantities[line - 1] += quantity);
    }
  }

  private final Map<String, Deque<Returnable>> newestFirst = new HashMap<>();

  /** A guest's order is left out, as nothing ties a return to it. */
  void add(ParsedInvoice.Order order) {
    if (order.customer() != null) {
      newestFirst
          .computeIfAbsent(order.customer(), customer -> new ArrayDeque<>())
          .addFirst(new Returnable(order));
    }
  }

  /** Takes every item, or none. */
  Optional<ImportPlan.Return> match(ParsedInvoice.Return goods) {
    if (goods.customer() == null) {
      return Optional.empty();
    }
    Map<Returnable, SortedMap<Integer, Long>> parts = new LinkedHashMap<>();
    for (ParsedInvoice.Item item : goods.items()) {
      Optional<Returnable> order =
          newestFirst.getOrDefault(goods.customer(), new ArrayDeque<>()).stream()
              .filter(each -> each.available(item.sku()) >= item.quantity())
              .findFirst();
      if (order.isEmpty()) {
        parts.forEach(Returnable::moveBack);
        return Optional.empty();
      }
      order.get().move(item, parts.computeIfAbsent(order.get(), each -> new TreeMap<>()));
    }
    return Optional.of(
        new ImportPlan.Return(
            goods.invoice(),
            goods.customer(),
            parts.entrySet().stream()
                .map(
                    part ->
                        new ImportPlan.ReturnPart(part.getKey().order.invoice(), part.getValue()))
                .toList()));
  }
}
