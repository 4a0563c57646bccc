package io.streamkeep.kernel.projection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amounts summed over many streams.
 *
 * @param group the totals that are listed together, such as {@code sales}
 * @param sortKey which of them; they are listed by its text order
 * @param amounts the amounts by name
 */
public record AggregateTotal(String group, String sortKey, Map<String, Long> amounts) {

  /** The maximum number that fits into one transaction with a row. */
  static final int MAX_CHANGES = 99;

  public AggregateTotal {
    amounts = Map.copyOf(amounts);
  }

  private record Name(String group, String sortKey) {}

  /**
   * The amounts to add to totals so that {@code after} counts instead of {@code before}; without
   * totals that don't change.
   */
  static List<AggregateTotal> difference(List<AggregateTotal> before, List<AggregateTotal> after) {
    Map<Name, Map<String, Long>> sums = new LinkedHashMap<>();
    before.forEach(
        total -> total.amounts.forEach((name, n) -> total.add(sums, name, Math.negateExact(n))));
    after.forEach(total -> total.amounts.forEach((name, n) -> total.add(sums, name, n)));
    sums.values().removeIf(amounts -> amounts.values().stream().allMatch(n -> n == 0));
    if (sums.size() > MAX_CHANGES) {
      throw new IllegalStateException("A row changes " + sums.size() + " totals");
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
