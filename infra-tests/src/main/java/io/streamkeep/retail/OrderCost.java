package io.streamkeep.retail;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an order costs, or some of them together.
 *
 * @param events of each kind of commit
 * @param views of each view, by name
 * @param readUnits for all of it as it is now
 */
record OrderCost(Map<CommitKind, Units> events, Map<String, Units> views, double readUnits) {

  static final OrderCost NOTHING = new OrderCost(Map.of(), Map.of(), 0);

  OrderCost {
    EnumMap<CommitKind, Units> inOrder = new EnumMap<>(CommitKind.class);
    inOrder.putAll(events);
    events = Collections.unmodifiableMap(inOrder);
    views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
  }

  OrderCost plus(OrderCost other) {
    return new OrderCost(
        plus(events, other.events), plus(views, other.views), readUnits + other.readUnits);
  }

  private static <K> Map<K, Units> plus(Map<K, Units> units, Map<K, Units> more) {
    Map<K, Units> sum = new LinkedHashMap<>(units);
    more.forEach((key, value) -> sum.merge(key, value, Units::plus));
    return sum;
  }

  /** Of all commits and all views. */
  Units sum() {
    return Stream.concat(events.values().stream(), views.values().stream())
        .reduce(Units.NONE, Units::plus);
  }
}
