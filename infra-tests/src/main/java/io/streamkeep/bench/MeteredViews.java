package io.streamkeep.bench;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Views on DynamoDB, each with a meter of its own. */
final class MeteredViews {

  private final Tables tables;
  private final List<Metered> all;

  MeteredViews(List<Projection<?, ?>> views, Tables tables, DynamoEventStore events) {
    this.tables = tables;
    this.all = views.stream().map(view -> metered(view, tables, events)).toList();
  }

  private record Metered(Projection<?, ?> view, Subscriber subscriber, CostMeter meter) {}

  private static Metered metered(Projection<?, ?> view, Tables tables, DynamoEventStore events) {
    CostMeter meter = tables.meter();
    SubscriberFactory subscribers =
        new SubscriberFactory(events, new DynamoViewStore(tables.client(meter), Tables.VIEWS));
    return new Metered(view, subscribers.views(List.of(view)).getFirst(), meter);
  }

  /** Delivers a commit by itself and returns the cost by view. */
  Map<String, Cost> deliver(Commit commit) {
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (Metered each : all) {
      if (each.subscriber.handles(commit.stream())) {
        Cost before = each.meter.cost();
        each.subscriber.deliver(commit.stream(), List.of(commit));
        costs.put(each.view.name(), each.meter.cost().minus(before));
      }
    }
    return costs;
  }

  /** Compares all rows with a fold of the streams. */
  ViewVerification verify(Map<StreamId, List<Commit>> streams) {
    Map<String, List<Expected>> expected =
        all.stream()
            .map(Metered::view)
            .collect(groupingBy(Projection::category, mapping(Expected::of, toList())));
    return ViewVerification.of(tables.plain(), streams, expected);
  }
}
