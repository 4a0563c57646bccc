package io.streamkeep.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amounts that are added up over many streams.
 *
 * @param group the totals that are listed together, such as {@code sales}
 * @param rank which of them; they are listed by its text order
 * @param amounts by their names
 */
public record Total(String group, String rank, Map<String, Long> amounts) {

  /** So many of a row fit into one transaction with it. */
  static final int MOST = 99;

  public Total {
    amounts = Map.copyOf(amounts);
  }

  private record Name(String group, String rank) {}

  /**
   * What is to be added to totals for some to count no more, and others in their place; without
   * those that stay as they are.
   */
  static List<Total> difference(List<Total> before, List<Total> after) {
    Map<Name, Map<String, Long>> sums = new LinkedHashMap<>();
    before.forEach(
        total -> total.amounts.forEach((name, n) -> total.add(sums, name, Math.negateExact(n))));
    after.forEach(total -> total.amounts.forEach((name, n) -> total.add(sums, name, n)));
    sums.values().removeIf(amounts -> amounts.values().stream().allMatch(n -> n == 0));
    if (sums.size() > MOST) {
      throw new IllegalStateException("A row adds to " + sums.size() + " totals");
    }
    return sums.entrySet().stream()
        .map(sum -> new Total(sum.getKey().group, sum.getKey().rank, sum.getValue()))
        .toList();
  }

  private void add(Map<Name, Map<String, Long>> sums, String name, long amount) {
    sums.computeIfAbsent(new Name(group, rank), unused -> new TreeMap<>())
        .merge(name, amount, Math::addExact);
  }
}
