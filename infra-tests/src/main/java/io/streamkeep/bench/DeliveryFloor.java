package io.streamkeep.bench;

import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.View.Row;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The least that there is to be done: for each commit and subscriber one conditional PutItem of the
 * row or the cursor that the subscriber comes to. What is put is known before; it is put under
 * streams of a category of its own.
 */
final class DeliveryFloor {

  static final String CATEGORY = "floor";

  private final DynamoDbClient client;
  private final List<Kept> kept;
  private final Map<Of, Row> rows = new HashMap<>();

  DeliveryFloor(DynamoDbClient client, List<Kept> kept) {
    this.client = client;
    this.kept = List.copyOf(kept);
  }

  private record Of(String name, StreamId stream) {}

  /** What is to be put, in order. */
  List<PutItemRequest> puts(List<Batch> batches) {
    List<PutItemRequest> puts = new ArrayList<>();
    for (Batch batch : batches) {
      for (Kept each : kept) {
        batch.commits().forEach(commit -> puts.add(put(each, commit)));
      }
    }
    return puts;
  }

  void put(List<PutItemRequest> puts) {
    puts.forEach(client::putItem);
  }

  private PutItemRequest put(Kept subscriber, Commit commit) {
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(Tables.VIEWS)
            .item(item(subscriber, commit))
            .expressionAttributeNames(Map.of("#commit", "commit"));
    return commit.number() == 1
        ? put.conditionExpression("attribute_not_exists(#commit)").build()
        : put.conditionExpression("#commit = :at")
            .expressionAttributeValues(Map.of(":at", fromN(Long.toString(commit.number() - 1))))
            .build();
  }

  private Map<String, AttributeValue> item(Kept subscriber, Commit commit) {
    StreamId stream = commit.stream();
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("stream", fromS(new StreamId(CATEGORY, stream.key()).toString()));
    item.put("view", fromS(subscriber.name()));
    item.put("commit", fromN(Long.toString(commit.number())));
    View view = subscriber.view();
    if (view != null) {
      Of of = new Of(view.name(), stream);
      Row row = view.apply(rows.get(of), commit);
      rows.put(of, row);
      item.put("data", fromS(row.data()));
      ListKey place = row.place();
      if (place != null) {
        item.put("group", fromS(CATEGORY + " " + place.group()));
        item.put("rank", fromS(place.rank()));
      }
    }
    return item;
  }
}
