package io.streamkeep.bench;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view on DynamoDB with its own meter; commits are delivered to it one by one. */
final class MeteredView {

  private final Projection<?, ?> view;
  private final Subscriber subscriber;
  private final CostMeter meter;
  private final Map<StreamId, Row> rows = new HashMap<>();

  MeteredView(Projection<?, ?> view, Tables tables) {
    this.view = view;
    this.meter = tables.meter();
    this.subscriber =
        new SubscriberFactory(
                new DynamoEventStore(tables.plain(), Tables.EVENTS),
                new DynamoViewStore(tables.client(meter), Tables.VIEWS))
            .views(List.of(view))
            .getFirst();
  }

  String name() {
    return view.name();
  }

  Cost deliver(Commit commit) {
    Cost before = meter.cost();
    subscriber.deliver(commit.stream(), List.of(commit));
    return meter.cost().minus(before);
  }

  /**
   * The write units of the same change if rows were never split. In a view that may split rows, the
   * larger of the rows before and after is counted as one item; in any other view, the actual cost.
   */
  long wholeRowUnits(Commit commit, Cost cost) {
    if (view.view().rarelyChangingFields().isEmpty()) {
      return cost.writeUnits();
    }
    Row before = rows.get(commit.stream());
    Row after = view.apply(before, commit);
    rows.put(commit.stream(), after);
    return ItemSize.writeUnits(Math.max(bytes(before, commit), bytes(after, commit)));
  }

  private long bytes(@Nullable Row row, Commit commit) {
    return row == null
        ? 0
        : ItemSize.of(
            Map.of(
                "stream", fromS(commit.stream().toString()),
                "view", fromS(name()),
                "commit", fromN(Long.toString(commit.number())),
                "data", fromS(row.data())));
  }
}
