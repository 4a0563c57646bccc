package io.streamkeep.importer;

import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.order.CustomerOrdersView.Summary;
import io.streamkeep.importer.FakeOrders.Version;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The fake's queries: history is consistent; a view advances one commit with each read. */
final class FakeViews {

  private static final int PAGE = 2;

  private final FakeOrders orders;
  private final Map<String, Integer> projected = new HashMap<>();

  /** Orders whose views don't advance. */
  volatile Predicate<Summary> stuck = order -> false;

  /** Orders missing from their customer's list. */
  volatile Predicate<Summary> unlisted = order -> false;

  /** Orders whose history ends with its first page. */
  volatile Predicate<Summary> cut = order -> false;

  /** Orders whose view reflects a commit that does not exist. */
  volatile Predicate<Summary> ahead = order -> false;

  FakeViews(FakeOrders orders) {
    this.orders = orders;
  }

  synchronized FakeReply view(String id) {
    List<Version> versions = orders.all().getOrDefault(id, List.of());
    int commit = read(versions);
    return commit == 0
        ? FakeReply.problem(404, "order-unknown")
        : seen(versions.get(commit - 1), commit);
  }

  private FakeReply seen(Version version, int commit) {
    int shown = ahead.test(version.summary()) ? commit + 1 : commit;
    return FakeReply.order(200, version.order(), shown);
  }

  /** The number of commits that this read shows. */
  private int read(List<Version> versions) {
    if (versions.isEmpty()) {
      return 0;
    }
    Summary order = versions.getFirst().summary();
    int commit = projected.getOrDefault(order.id(), 0);
    int next = stuck.test(order) ? commit : Math.min(commit + 1, versions.size());
    projected.put(order.id(), next);
    return commit;
  }

  /** A page of the customer's orders; the cursor is the number of orders before it. */
  synchronized FakeReply list(String customer, int from) {
    List<List<Version>> theirs =
        orders.all().values().stream()
            .filter(versions -> customer.equals(versions.getFirst().summary().customer()))
            .toList();
    JsonArrayBuilder page = Json.array();
    for (List<Version> versions : theirs.stream().skip(from).limit(PAGE).toList()) {
      int commit = read(versions);
      if (commit > 0 && !unlisted.test(versions.getFirst().summary())) {
        page.add(Json.read(CompletedOrder.LIST.codec().encode(versions.get(commit - 1).summary())));
      }
    }
    JsonObjectBuilder body = Json.object().add("orders", page);
    if (from + PAGE < theirs.size()) {
      body.add("next", Integer.toString(from + PAGE));
    }
    return new FakeReply(200, "application/json", Map.of(), body.build().toString());
  }

  FakeReply history(String id, int after) {
    List<Version> versions = orders.all().getOrDefault(id, List.of());
    int end = Math.min(after + PAGE, versions.size());
    JsonArrayBuilder batch = Json.array();
    for (int commit = after + 1; commit <= end; commit++) {
      batch.add(Json.object().add("type", versions.get(commit - 1).type()).add("commit", commit));
    }
    Map<String, String> link =
        end < versions.size() && !cut.test(versions.getFirst().summary())
            ? Map.of("Link", "</orders/%s/events?after=%d>; rel=\"next\"".formatted(id, end))
            : Map.of();
    return new FakeReply(200, "application/cloudevents-batch+json", link, batch.build().toString());
  }
}
