package io.streamkeep.retail;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.bench.Tables;
import io.streamkeep.inspection.Seen;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Views on DynamoDB, and what each of them costs. */
final class MeteredViews {

  private final DynamoEventStore events;
  private final ViewStore rows;
  private final List<Metered> all;

  /**
   * Without rows.
   *
   * @param events what is delivered is from here
   */
  MeteredViews(List<View> views, Tables tables, DynamoEventStore events) {
    this.events = events;
    this.rows = new DynamoViewStore(tables.plain(), Tables.VIEWS);
    this.all = views.stream().map(view -> metered(view, tables)).toList();
  }

  private record Metered(View view, Subscriber subscriber, CostMeter meter) {}

  private Metered metered(View view, Tables tables) {
    CostMeter meter = tables.meter();
    Subscriber subscriber =
        new SubscriberFactory(tables.client(meter), events, Tables.VIEWS)
            .views(List.of(view))
            .getFirst();
    return new Metered(view, subscriber, meter);
  }

  /** Delivers a commit by itself; what that cost, by view. */
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

  /** How many of the stream's rows are not what all of its commits make, folded anew. */
  int wrong(StreamId stream) {
    List<Commit> commits = events.load(stream).commits();
    int wrong = 0;
    for (Metered each : all) {
      if (each.subscriber.handles(stream)) {
        Seen found = Seen.of(rows.find(each.view.name(), stream));
        wrong += found.equals(Seen.folded(each.view, commits)) ? 0 : 1;
      }
    }
    return wrong;
  }
}
