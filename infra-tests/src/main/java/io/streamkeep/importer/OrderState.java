package io.streamkeep.importer;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An order as the API shows it; money in minor units.
 *
 * @param returned line number → returned quantity, for lines of which anything was returned; empty
 *     in a list, which shows no lines
 */
record OrderState(
    String id,
    String status,
    String currency,
    long total,
    long refunded,
    SortedMap<Integer, Long> returned) {

  static OrderState of(JsonObject order) {
    SortedMap<Integer, Long> returned = new TreeMap<>();
    for (JsonValue each : order.getOrDefault("lines", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
      JsonObject line = each.asJsonObject();
      long quantity = line.getJsonNumber("returned").longValueExact();
      if (quantity != 0) {
        returned.put(line.getJsonNumber("line").intValueExact(), quantity);
      }
    }
    return new OrderState(
        order.getString("id"),
        order.getString("status"),
        order.getString("currency"),
        order.getJsonNumber("total").longValueExact(),
        order.getJsonNumber("refunded").longValueExact(),
        returned);
  }

  /** The state of an order that was placed, confirmed and completed. */
  static OrderState completed(
      String id, ParsedInvoice.Order order, SortedMap<Integer, Long> returned) {
    long refunded = // can't overflow, since it is at most the total
        returned.entrySet().stream()
            .mapToLong(line -> line.getValue() * order.lines().get(line.getKey() - 1).unitPrice())
            .sum();
    return new OrderState(id, "completed", order.currency(), order.total(), refunded, returned);
  }

  OrderState listed() {
    return new OrderState(id, status, currency, total, refunded, new TreeMap<>());
  }

  /** Describes how a response differs; empty if it does not. */
  Optional<String> difference(OrderState response) {
    return response.equals(this)
        ? Optional.empty()
        : Optional.of("answered " + response + " instead of " + this);
  }
}
