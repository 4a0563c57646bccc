package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.bench.BenchCommand.Report;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The cost of orders.
 *
 * @param invoices read
 * @param returns applied
 * @param orders placed; at least one
 * @param wrong rows that differ from a fold of their stream
 */
record CostReport(int invoices, int returns, List<OrderCost> orders, int wrong) {

  private static final List<String> KINDS = List.of("placed", "confirmed", "completed", "returned");

  CostReport {
    orders = List.copyOf(orders);
  }

  /**
   * The cost of an order.
   *
   * @param bytes of its first commit's events as JSON
   */
  record OrderCost(String invoice, long bytes, List<CommitCost> commits) {

    OrderCost {
      commits = List.copyOf(commits);
    }

    OrderCost plus(CommitCost commit) {
      List<CommitCost> more = new ArrayList<>(commits);
      more.add(commit);
      return new OrderCost(invoice, bytes, more);
    }

    CommitCost sum() {
      return commits.stream().reduce(CommitCost.NONE, CommitCost::plus);
    }
  }

  Report report() {
    OrderCost largest = Collections.max(orders, Comparator.comparingLong(OrderCost::bytes));
    CommitCost all = orders.stream().map(OrderCost::sum).reduce(CommitCost.NONE, CommitCost::plus);
    JsonObject json =
        Json.object()
            .add("invoices", invoices)
            .add("orders", orders.size())
            .add("returns", returns)
            .add("refused", invoices - orders.size() - returns)
            .add("average", json(all, orders.size()))
            .add(
                "largest",
                json(largest.sum(), 1)
                    .add("invoice", largest.invoice())
                    .add("bytes", largest.bytes()))
            .add("wrongRows", wrong)
            .build();
    String failure = wrong == 0 ? null : wrong + " rows differ from a fold of their events";
    return new Report(text(json, largest.bytes()), json, failure);
  }

  private static JsonObjectBuilder json(CommitCost cost, int orders) {
    JsonObjectBuilder events = Json.object();
    KINDS.forEach(
        kind -> events.add(kind, cost.events().getOrDefault(kind, Units.NONE).json(orders)));
    JsonObjectBuilder views = Json.object();
    cost.views().forEach((view, units) -> views.add(view, units.json(orders)));
    return Json.object()
        .add("events", events)
        .add("views", views)
        .add("sum", cost.sum().json(orders))
        .add("readUnits", MedianRange.round(cost.readUnits() / orders));
  }

  private static String text(JsonObject json, long bytes) {
    return """
    The cost of an order from its first request to its last view: write units by the service's rules.
    before = each commit's events as JSON, without snapshots, and each row in one item; after = as it is.
    ratio = before / after: 1 costs the same, more is cheaper now.
    average of %d orders, then largest, %,d bytes

    %s
    Invoices: %d read, %d ordered, %d returned, %d refused. Views: %d rows wrong.
    """
        .formatted(
            json.getInt("orders"),
            bytes,
            table(json),
            json.getInt("invoices"),
            json.getInt("orders"),
            json.getInt("returns"),
            json.getInt("refused"),
            json.getInt("wrongRows"));
  }

  private static String table(JsonObject json) {
    JsonObject average = json.getJsonObject("average");
    JsonObject largest = json.getJsonObject("largest");
    List<JsonObject> rows = new ArrayList<>();
    for (String part : List.of("events", "views")) {
      JsonObject units = average.getJsonObject(part);
      for (String name : units.keySet()) {
        rows.add(
            row(
                part.replaceAll("s$", " ") + name,
                units.getJsonObject(name),
                largest.getJsonObject(part).getJsonObject(name)));
      }
    }
    rows.add(row("sum", average.getJsonObject("sum"), largest.getJsonObject("sum")));
    rows.add(row("read units", after(average), after(largest)));
    return new JsonTable()
        .label("title")
        .column("before", "/average/before", "%.2f")
        .column("after", "/average/after", "%.2f")
        .column("ratio", "/average/ratio", "%.2f")
        .column("before", "/largest/before", "%.2f")
        .column("after", "/largest/after", "%.2f")
        .column("ratio", "/largest/ratio", "%.2f")
        .text(rows);
  }

  private static JsonObject after(JsonObject cost) {
    return Json.object().add("after", cost.getJsonNumber("readUnits")).build();
  }

  private static JsonObject row(String title, JsonObject average, JsonObject largest) {
    return Json.object()
        .add("title", title)
        .add("average", average)
        .add("largest", largest == null ? JsonObject.EMPTY_JSON_OBJECT : largest)
        .build();
  }
}
