package io.streamkeep.importer;

import io.streamkeep.domain.order.Line;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The fake's event store: a version of an order for each commit; repeated commands are idempotent.
 */
final class FakeOrders {

  /** A commit: the type of its event and the order after it. */
  record Version(String type, FakeOrder order) {}

  private record Receipt(String fingerprint, FakeReply reply) {}

  private final Map<String, List<Version>> orders = new TreeMap<>();
  private final Map<String, Receipt> receipts = new HashMap<>();

  /** The id of the order that was placed with the key. */
  static String idOf(String key) {
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Every version of every order. */
  synchronized Map<String, List<Version>> all() {
    Map<String, List<Version>> copy = new TreeMap<>();
    orders.forEach((id, versions) -> copy.put(id, List.copyOf(versions)));
    return copy;
  }

  synchronized FakeReply command(String path, String key, String body) {
    Receipt receipt = receipts.get(key);
    String fingerprint = path + " " + body;
    if (receipt != null) {
      return receipt.fingerprint().equals(fingerprint)
          ? receipt.reply()
          : FakeReply.problem(422, "idempotency-key-reused");
    }
    FakeReply reply = decide(path, key, Json.createReader(new StringReader(body)).readObject());
    if (reply.status() < 300) {
      receipts.put(key, new Receipt(fingerprint, reply));
    }
    return reply;
  }

  private FakeReply decide(String path, String key, JsonObject body) {
    if (path.equals("/orders")) {
      return place(idOf(key), body);
    }
    String[] parts = path.split("/", -1);
    List<Version> versions = orders.get(parts[2]);
    if (versions == null) {
      return FakeReply.problem(404, "order-unknown");
    }
    FakeOrder order = versions.getLast().order();
    return switch (parts[3] + " of " + order.status()) {
      case "confirmation of placed" -> commit(200, "order.confirmed.v1", order.to("confirmed"));
      case "completion of confirmed" -> commit(200, "order.completed.v1", order.to("completed"));
      case "returns of completed" -> returnLines(order, body);
      default -> FakeReply.problem(409, "order-" + order.status());
    };
  }

  private FakeReply place(String id, JsonObject body) {
    List<Line> lines = new ArrayList<>();
    for (JsonObject line : body.getJsonArray("lines").getValuesAs(JsonObject.class)) {
      lines.add(
          new Line(
              line.getString("sku"),
              line.getString("description"),
              line.getJsonNumber("quantity").longValueExact(),
              line.getJsonNumber("unitPrice").longValueExact()));
    }
    String customer = body.getString("customer", null);
    String country = body.getString("country", null);
    String currency = body.getString("currency");
    return commit(
        201,
        "order.placed.v2",
        new FakeOrder(id, customer, country, currency, lines, "placed", Map.of()));
  }

  private FakeReply returnLines(FakeOrder order, JsonObject body) {
    Map<Integer, Long> back =
        body.getJsonArray("lines").getValuesAs(JsonObject.class).stream()
            .collect(
                Collectors.toMap(
                    line -> line.getInt("line"), line -> (long) line.getInt("quantity")));
    Optional<FakeOrder> after = order.withReturned(back);
    return after.isPresent()
        ? commit(200, "order.returned.v2", after.get())
        : FakeReply.problem(409, "return-exceeds-line");
  }

  private FakeReply commit(int status, String event, FakeOrder order) {
    List<Version> versions = orders.computeIfAbsent(order.id(), id -> new ArrayList<>());
    versions.add(new Version("io.streamkeep." + event, order));
    return FakeReply.order(status, order, versions.size());
  }
}
