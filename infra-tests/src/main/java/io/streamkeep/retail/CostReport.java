package io.streamkeep.retail;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What orders cost, as a table and as JSON.
 *
 * @param invoices all that were read
 * @param returns how many were applied
 * @param orders those that were placed; at least one
 * @param wrong rows of views that are not what the events make
 */
record CostReport(int invoices, int returns, List<Measured> orders, int wrong) {

  CostReport {
    orders = List.copyOf(orders);
  }

  /**
   * An order.
   *
   * @param bytes of its first commit's events as JSON
   * @param commits what each of them cost, with the views that it came to
   */
  record Measured(String invoice, long bytes, List<OrderCost> commits) {

    Measured {
      commits = List.copyOf(commits);
    }

    Measured plus(OrderCost commit) {
      List<OrderCost> more = new ArrayList<>(commits);
      more.add(commit);
      return new Measured(invoice, bytes, more);
    }

    OrderCost cost() {
      return commits.stream().reduce(OrderCost.NOTHING, OrderCost::plus);
    }
  }

  boolean right() {
    return wrong == 0;
  }

  private int refused() {
    return invoices - orders.size() - returns;
  }

  private OrderCost all() {
    return orders.stream().map(Measured::cost).reduce(OrderCost.NOTHING, OrderCost::plus);
  }

  private Measured largest() {
    return Collections.max(orders, Comparator.comparingLong(Measured::bytes));
  }

  String text() {
    OrderCost all = all();
    Measured largest = largest();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        An order from its first request to its last view: write units by the service's rules, DynamoDB Local.
        before = each commit's events as JSON, without snapshots, and a view's row in one item; after = as it is.
        ratio = before / after: 1 costs the same, more is cheaper now.

        """);
    text.append(
        "%-24s%24s  %24s%n"
            .formatted("", "average", "largest, %,d bytes".formatted(largest.bytes())));
    text.append(
        "%-24s%8s%8s%8s  %8s%8s%8s%n"
            .formatted("", "before", "after", "ratio", "before", "after", "ratio"));
    for (CommitKind kind : CommitKind.values()) {
      text.append(
          row(
              "event " + kind,
              all.events().getOrDefault(kind, Units.NONE),
              largest.cost().events().getOrDefault(kind, Units.NONE)));
    }
    all.views()
        .forEach(
            (view, units) ->
                text.append(
                    row(
                        "view " + view,
                        units,
                        largest.cost().views().getOrDefault(view, Units.NONE))));
    text.append(row("sum", all.sum(), largest.cost().sum()));
    text.append(
        String.format(
            Locale.ROOT,
            "%-24s%16.2f%10s%16.2f%n",
            "read units",
            all.readUnits() / orders.size(),
            "",
            largest.cost().readUnits()));
    return text.append(
            "%nInvoices: %d read, %d ordered, %d returned, %d refused. Views: %d rows wrong.%n"
                .formatted(invoices, orders.size(), returns, refused(), wrong))
        .toString();
  }

  private String row(String title, Units all, Units largest) {
    String row = "%-24s%s  %s".formatted(title, cells(all, orders.size()), cells(largest, 1));
    return row.stripTrailing() + System.lineSeparator();
  }

  private static String cells(Units units, int orders) {
    return String.format(
        Locale.ROOT,
        "%8.2f%8.2f%8s",
        (double) units.before() / orders,
        (double) units.after() / orders,
        units.after() == 0 ? "" : String.format(Locale.ROOT, "%.2f", ratio(units)));
  }

  private static double ratio(Units units) {
    return (double) units.before() / units.after();
  }

  String json() {
    Measured largest = largest();
    return Json.createObjectBuilder()
        .add("invoices", invoices)
        .add("orders", orders.size())
        .add("returns", returns)
        .add("refused", refused())
        .add("average", json(all(), orders.size()))
        .add(
            "largest",
            json(largest.cost(), 1).add("invoice", largest.invoice()).add("bytes", largest.bytes()))
        .add("wrongRows", wrong)
        .build()
        .toString();
  }

  private static JsonObjectBuilder json(OrderCost cost, int orders) {
    JsonObjectBuilder events = Json.createObjectBuilder();
    for (CommitKind kind : CommitKind.values()) {
      Units units = cost.events().getOrDefault(kind, Units.NONE);
      events.add(kind.toString(), json(units, orders));
    }
    JsonObjectBuilder views = Json.createObjectBuilder();
    cost.views().forEach((view, units) -> views.add(view, json(units, orders)));
    return Json.createObjectBuilder()
        .add("events", events)
        .add("views", views)
        .add("sum", json(cost.sum(), orders))
        .add("readUnits", round(cost.readUnits() / orders));
  }

  /** Without a ratio if there is nothing to compare with. */
  private static JsonObjectBuilder json(Units units, int orders) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("before", round((double) units.before() / orders))
            .add("after", round((double) units.after() / orders));
    return units.after() == 0 ? json : json.add("ratio", round(ratio(units)));
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
