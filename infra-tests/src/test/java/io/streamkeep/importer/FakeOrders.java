package io.streamkeep.importer;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.domain.order.CustomerOrdersView.Summary;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderCommand;
import io.streamkeep.domain.order.OrderDecider;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.domain.order.OrderView.OrderRow;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.store.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The fake's event store: a version of an order for each commit; repeated commands are idempotent.
 */
final class FakeOrders {

  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  /** A commit: the type of its event, and the order's views after it. */
  record Version(String type, OrderRow order, Summary summary) {}

  private record Receipt(String fingerprint, FakeReply reply) {}

  private final OrderDecider decider = new OrderDecider();
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
    String[] parts = path.split("/", -1);
    String id = parts.length > 2 ? parts[2] : idOf(key);
    FakeReply reply = decide(path.replace("/" + id, "/{id}"), id, body);
    if (reply.status() < 300) {
      receipts.put(key, new Receipt(fingerprint, reply));
    }
    return reply;
  }

  private FakeReply decide(String route, String id, String body) {
    CommandOperation<OrderCommand> operation =
        OrderModule.ORDER.commands().stream()
            .filter(each -> each.route().equals("POST " + route))
            .findFirst()
            .orElseThrow();
    OrderCommand command =
        ObjectReader.<OrderCommand>read(
                StrictJson.parse(body), json -> operation.reader().read(json, NOW))
            .orThrow("The body");
    List<Version> versions = orders.computeIfAbsent(id, each -> new ArrayList<>());
    Order order = versions.isEmpty() ? decider.initial() : versions.getLast().order().order();
    return switch (decider.decide(command, order)) {
      case Decision.Rejected<OrderEvent> rejected ->
          FakeReply.problem(409, rejected.rejection().code());
      case Decision.Accepted<OrderEvent> accepted -> {
        OrderEvent event = accepted.events().getFirst();
        RecordedEvent recorded = OrderModule.ORDER.aggregate().events().encode(event);
        Version before = versions.isEmpty() ? null : versions.getLast();
        versions.add(
            new Version(
                "io.streamkeep.%s.v%d".formatted(recorded.type(), recorded.version()),
                CompletedOrder.VIEW.apply(id, before == null ? null : before.order(), event),
                CompletedOrder.LIST.apply(id, before == null ? null : before.summary(), event)));
        yield FakeReply.order(
            operation.creates() ? 201 : 200, versions.getLast().order(), versions.size());
      }
    };
  }
}
