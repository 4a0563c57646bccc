package io.streamkeep.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cost of orders, by kind of commit and by view. */
final class CostReport {

  private static final List<String> KINDS = List.of("placed", "confirmed", "completed", "returned");

  private CostReport() {}

  /**
   * The write units of some work, twice.
   *
   * @param before without compression, snapshots and split rows
   * @param after as the product writes it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Units(double before, double after) {

    static final Units NONE = new Units(0, 0);

    Units plus(Units other) {
      return new Units(before + other.before, after + other.after);
    }

    /** Null if both are zero. */
    @JsonProperty
    @Nullable Double ratio() {
      return after == 0 ? null : before / after;
    }

    private Units average(int orders) {
      return new Units(before / orders, after / orders);
    }
  }

  /**
   * The cost of commits, including their delivery to all views.
   *
   * @param events the units of events, by kind of commit, such as {@code placed}
   * @param views the units of views, by name
   * @param readUnits the read units of commands and views, as the product reads
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

    /** The average per order as a JSON object, with all kinds of commits. */
    private Map<String, Object> average(int orders) {
      Map<String, Units> byKind = new LinkedHashMap<>();
      KINDS.forEach(
          kind -> byKind.put(kind, events.getOrDefault(kind, Units.NONE).average(orders)));
      Map<String, Units> byView = new LinkedHashMap<>();
      views.forEach((view, units) -> byView.put(view, units.average(orders)));
      Map<String, Object> average = new LinkedHashMap<>();
      average.put("events", byKind);
      average.put("views", byView);
      average.put("sum", sum().average(orders));
      average.put("readUnits", readUnits / orders);
      return average;
    }
  }

  /**
   * The cost of an order.
   *
   * @param bytes the size of its first commit's events as JSON
   */
  record OrderCost(String invoice, long bytes, List<CommitCost> commits) {

    OrderCost {
      commits = List.copyOf(commits);
    }

    /** This cost and that of later commits. */
    OrderCost plus(OrderCost later) {
      return new OrderCost(
          invoice, bytes, Stream.concat(commits.stream(), later.commits.stream()).toList());
    }

    CommitCost sum() {
      return commits.stream().reduce(CommitCost.NONE, CommitCost::plus);
    }
  }

  /**
   * The report as a JSON object.
   *
   * @param invoices the number of invoices read
   * @param returns the number of returns applied
   * @param orders the orders placed; at least one
   * @param wrong the number of rows that differ from a fold of their stream
   */
  static Map<String, Object> of(int invoices, int returns, List<OrderCost> orders, int wrong) {
    OrderCost largest = Collections.max(orders, Comparator.comparingLong(OrderCost::bytes));
    CommitCost all = orders.stream().map(OrderCost::sum).reduce(CommitCost.NONE, CommitCost::plus);
    Map<String, Object> ofLargest = new LinkedHashMap<>();
    ofLargest.put("invoice", largest.invoice);
    ofLargest.put("bytes", largest.bytes);
    ofLargest.putAll(largest.sum().average(1));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("invoices", invoices);
    report.put("orders", orders.size());
    report.put("returns", returns);
    report.put("refused", invoices - orders.size() - returns);
    report.put("average", all.average(orders.size()));
    report.put("largest", ofLargest);
    report.put("wrongRows", wrong);
    return report;
  }
}
