package io.streamkeep.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cost of commits with their delivery to all views.
 *
 * @param events by kind of commit, such as {@code placed}
 * @param views by name
 * @param readUnits of commands and views, after
 */
record CommitCost(Map<String, Units> events, Map<String, Units> views, double readUnits) {

  static final CommitCost NONE = new CommitCost(Map.of(), Map.of(), 0);

  CommitCost {
    events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    views = Collections.unmodifiableMap(new LinkedHashMap<>(views));
  }

  CommitCost plus(CommitCost other) {
    return new CommitCost(
        plus(events, other.events), plus(views, other.views), readUnits + other.readUnits);
  }

  private static Map<String, Units> plus(Map<String, Units> units, Map<String, Units> more) {
    Map<String, Units> sum = new LinkedHashMap<>(units);
    more.forEach((key, value) -> sum.merge(key, value, Units::plus));
    return sum;
  }

  Units sum() {
    return Stream.concat(events.values().stream(), views.values().stream())
        .reduce(Units.NONE, Units::plus);
  }
}
