package io.streamkeep.retail;

import jakarta.json.JsonObject;
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
 * The fake's event store: orders by id, a version a commit; a repeated command is answered alike.
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

  /** Everything that is stored, to compare runs by. */
  synchronized Map<String, List<Version>> all() {
    Map<String, List<Version>> copy = new TreeMap<>();
    orders.forEach((id, versions) -> copy.put(id, List.copyOf(versions)));
    return copy;
  }

  synchronized FakeReply command(String path, String key, String body) throws BadAnswerException {
    Receipt receipt = receipts.get(key);
    String fingerprint = path + " " + body;
    if (receipt != null) {
      return receipt.fingerprint().equals(fingerprint)
          ? receipt.reply()
          : FakeReply.problem(422, "idempotency-key-reused");
    }
    FakeReply reply = decide(path, key, StrictJson.object(StrictJson.parse(body)));
    if (reply.status() < 300) {
      receipts.put(key, new Receipt(fingerprint, reply));
    }
    return reply;
  }

  private FakeReply decide(String path, String key, JsonObject body) throws BadAnswerException {
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
      case "returns of completed" -> takeBack(order, body);
      default -> FakeReply.problem(409, "order-" + order.status());
    };
  }

  private FakeReply place(String id, JsonObject body) throws BadAnswerException {
    List<Draft.Line> lines = new ArrayList<>();
    for (JsonObject line : StrictJson.objects(body.get("lines"))) {
      lines.add(
          new Draft.Line(
              StrictJson.text(line, "sku"),
              StrictJson.text(line, "description"),
              StrictJson.number(line, "quantity"),
              StrictJson.number(line, "unitPrice")));
    }
    String customer = StrictJson.maybeText(body, "customer").orElse(null);
    String country = StrictJson.maybeText(body, "country").orElse(null);
    String currency = StrictJson.text(body, "currency");
    return commit(
        201,
        "order.placed.v2",
        new FakeOrder(id, customer, country, currency, lines, "placed", Map.of()));
  }

  private FakeReply takeBack(FakeOrder order, JsonObject body) throws BadAnswerException {
    Map<Integer, Long> back =
        StrictJson.objects(body.get("lines")).stream()
            .collect(
                Collectors.toMap(
                    line -> line.getInt("line"), line -> (long) line.getInt("quantity")));
    Optional<FakeOrder> less = order.less(back);
    return less.isPresent()
        ? commit(200, "order.returned.v2", less.get())
        : FakeReply.problem(409, "return-exceeds-line");
  }

  private FakeReply commit(int status, String event, FakeOrder order) {
    List<Version> versions = orders.computeIfAbsent(order.id(), id -> new ArrayList<>());
    versions.add(new Version("io.streamkeep." + event, order));
    return FakeReply.order(status, order, versions.size());
  }
}
