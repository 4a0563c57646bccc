package io.streamkeep.kernel.projection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amounts that are added up over many streams.
 *
 * @param group the totals that are listed together, such as {@code sales}
 * @param sortKey which of them; they are listed by its text order
 * @param amounts by their names
 */
public record AggregateTotal(String group, String sortKey, Map<String, Long> amounts) {

  /** So many of a row fit into one transaction with it. */
  static final int MAX_CHANGES = 99;

  public AggregateTotal {
    amounts = Map.copyOf(amounts);
  }

  private record Name(String group, String sortKey) {}

  /**
   * What is to be added to totals for some to count no more, and others in their place; without
   * those that stay as they are.
   */
  static List<AggregateTotal> difference(List<AggregateTotal> before, List<AggregateTotal> after) {
    Map<Name, Map<String, Long>> sums = new LinkedHashMap<>();
    before.forEach(
        total -> total.amounts.forEach((name, n) -> total.add(sums, name, Math.negateExact(n))));
    after.forEach(total -> total.amounts.forEach((name, n) -> total.add(sums, name, n)));
    sums.values().removeIf(amounts -> amounts.values().stream().allMatch(n -> n == 0));
    if (sums.size() > MAX_CHANGES) {
      throw new IllegalStateException("A row adds to " + sums.size() + " totals");
    }
    return sums.entrySet().stream()
        .map(sum -> new AggregateTotal(sum.getKey().group, sum.getKey().sortKey, sum.getValue()))
        .toList();
  }

  private void add(Map<Name, Map<String, Long>> sums, String name, long amount) {
    sums.computeIfAbsent(new Name(group, sortKey), unused -> new TreeMap<>())
        .merge(name, amount, Math::addExact);
  }
}
