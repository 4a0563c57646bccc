package io.streamkeep.importer;

import io.streamkeep.domain.order.Line;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of an order in the fake API. */
record FakeOrder(
    String id,
    @Nullable String customer,
    @Nullable String country,
    String currency,
    List<Line> lines,
    String status,
    Map<Integer, Long> returned) {

  FakeOrder to(String next) {
    return new FakeOrder(id, customer, country, currency, lines, next, returned);
  }

  /** The order after a return, unless it exceeds a line. */
  Optional<FakeOrder> withReturned(Map<Integer, Long> back) {
    Map<Integer, Long> sum = new TreeMap<>(returned);
    back.forEach((line, quantity) -> sum.merge(line, quantity, Long::sum));
    boolean enough =
        sum.entrySet().stream().allMatch(e -> e.getValue() <= lines.get(e.getKey() - 1).quantity());
    return enough
        ? Optional.of(new FakeOrder(id, customer, country, currency, lines, status, sum))
        : Optional.empty();
  }

  private long total() {
    return lines.stream().mapToLong(line -> line.quantity() * line.unitPrice()).sum();
  }

  private long refunded() {
    return returned.entrySet().stream()
        .mapToLong(e -> e.getValue() * lines.get(e.getKey() - 1).unitPrice())
        .sum();
  }

  /** The entry in a customer's list. */
  JsonObjectBuilder summary() {
    return Json.createObjectBuilder()
        .add("id", id)
        .add("status", status)
        .add("currency", currency)
        .add("placedAt", "2026-03-02T09:00:00Z")
        .add("total", total())
        .add("refunded", refunded());
  }

  JsonObject json() {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (int line = 1; line <= lines.size(); line++) {
      array.add(json(line, lines.get(line - 1)));
    }
    JsonObjectBuilder order = summary().add("lines", array);
    if (customer != null) {
      order.add("customer", customer);
    }
    if (country != null) {
      order.add("country", country);
    }
    return order.build();
  }

  private JsonObjectBuilder json(int number, Line line) {
    return Json.createObjectBuilder()
        .add("line", number)
        .add("sku", line.sku())
        .add("description", line.description())
        .add("quantity", line.quantity())
        .add("unitPrice", line.unitPrice())
        .add("total", line.quantity() * line.unitPrice())
        .add("returned", returned.getOrDefault(number, 0L));
  }
}
