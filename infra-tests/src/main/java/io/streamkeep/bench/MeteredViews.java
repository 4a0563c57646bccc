package io.streamkeep.bench;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Subscriber;
import io.streamkeep.kernel.View;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Views on DynamoDB, each with a meter of its own. */
final class MeteredViews {

  private final Tables tables;
  private final List<Metered> all;

  MeteredViews(List<View> views, Tables tables, DynamoEventStore events) {
    this.tables = tables;
    this.all = views.stream().map(view -> metered(view, tables, events)).toList();
  }

  private record Metered(View view, Subscriber subscriber, CostMeter meter) {}

  private static Metered metered(View view, Tables tables, DynamoEventStore events) {
    CostMeter meter = tables.meter();
    DynamoSubscribers subscribers =
        new DynamoSubscribers(tables.client(meter), events, Tables.VIEWS);
    return new Metered(view, subscribers.views(List.of(view)).getFirst(), meter);
  }

  /** Delivers a commit by itself and returns the cost by view. */
  Map<String, Cost> deliver(Commit commit) {
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (Metered each : all) {
      if (each.subscriber.wants(commit.stream())) {
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
            .collect(groupingBy(View::category, mapping(Expected::of, toList())));
    return ViewVerification.of(tables.plain(), streams, expected);
  }
}
