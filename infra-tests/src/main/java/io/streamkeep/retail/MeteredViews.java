package io.streamkeep.retail;

import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.inspection.RowSnapshot;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Subscriber;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.ViewStore;
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
        new DynamoSubscribers(tables.client(meter), events, Tables.VIEWS)
            .views(List.of(view))
            .getFirst();
    return new Metered(view, subscriber, meter);
  }

  /** Delivers a commit by itself; what that cost, by view. */
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

  /** How many of the stream's rows are not what all of its commits make, folded anew. */
  int wrong(StreamId stream) {
    List<Commit> commits = events.load(stream).commits();
    int wrong = 0;
    for (Metered each : all) {
      if (each.subscriber.wants(stream)) {
        RowSnapshot found = RowSnapshot.of(rows.find(each.view.name(), stream));
        wrong += found.equals(RowSnapshot.folded(each.view, commits)) ? 0 : 1;
      }
    }
    return wrong;
  }
}
