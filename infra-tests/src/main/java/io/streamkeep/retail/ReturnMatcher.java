package io.streamkeep.retail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds, invoice by invoice in the file's order, the orders that returns take back from. */
final class ReturnMatcher {

  private final Map<String, Deque<Remaining>> newestFirst = new HashMap<>();

  /** From now on the order can be returned; a guest's never can, nobody could tell whose it is. */
  void ordered(Draft.Order order) {
    if (order.customer() != null) {
      newestFirst
          .computeIfAbsent(order.customer(), customer -> new ArrayDeque<>())
          .addFirst(new Remaining(order));
    }
  }

  /** Takes back every item, or nothing at all. */
  Optional<PlannedReturn> match(Draft.Return wanted) {
    if (wanted.customer() == null) {
      return Optional.empty();
    }
    List<Remaining.Taken> taken = new ArrayList<>();
    for (Draft.Item item : wanted.items()) {
      Optional<Remaining> order = newestWithEnough(wanted.customer(), item);
      if (order.isEmpty()) {
        taken.forEach(Remaining.Taken::putBack);
        return Optional.empty();
      }
      taken.addAll(order.get().take(item));
    }
    return Optional.of(new PlannedReturn(wanted.invoice(), wanted.customer(), hits(taken)));
  }

  private Optional<Remaining> newestWithEnough(String customer, Draft.Item item) {
    return newestFirst.getOrDefault(customer, new ArrayDeque<>()).stream()
        .filter(order -> order.left(item.sku()) >= item.quantity())
        .findFirst();
  }

  private static List<PlannedReturn.Hit> hits(List<Remaining.Taken> taken) {
    Map<String, SortedMap<Integer, Long>> byOrder = new LinkedHashMap<>();
    for (Remaining.Taken take : taken) {
      byOrder
          .computeIfAbsent(take.from().invoice(), order -> new TreeMap<>())
          .merge(take.line(), take.quantity(), Math::addExact);
    }
    return byOrder.entrySet().stream()
        .map(e -> new PlannedReturn.Hit(e.getKey(), e.getValue()))
        .toList();
  }
}
