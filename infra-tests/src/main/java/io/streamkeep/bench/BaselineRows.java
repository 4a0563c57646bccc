package io.streamkeep.bench;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The minimum work of delivery: for each commit and subscriber one conditional PutItem of the same
 * row or cursor, computed in advance. Its streams have their own category.
 */
final class BaselineRows implements Function<List<List<Commit>>, List<PutItemRequest>> {

  private static final String CATEGORY = "baseline";

  private final List<Expected> subscribers;
  private final Map<List<String>, Row> rows = new HashMap<>();

  BaselineRows(List<Expected> subscribers) {
    this.subscribers = List.copyOf(subscribers);
  }

  @Override
  public List<PutItemRequest> apply(List<List<Commit>> batches) {
    return batches.stream()
        .flatMap(
            batch ->
                subscribers.stream()
                    .flatMap(each -> batch.stream().map(commit -> put(each, commit))))
        .toList();
  }

  private PutItemRequest put(Expected subscriber, Commit commit) {
    return PutItemRequest.builder()
        .tableName(Tables.VIEWS)
        .item(item(subscriber, commit))
        .conditionExpression("attribute_not_exists(#commit) OR #commit = :previous")
        .expressionAttributeNames(Map.of("#commit", "commit"))
        .expressionAttributeValues(Map.of(":previous", number(commit.number() - 1)))
        .build();
  }

  private Map<String, AttributeValue> item(Expected subscriber, Commit commit) {
    StreamId stream = commit.stream();
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("stream", fromS(new StreamId(CATEGORY, stream.key()).toString()));
    item.put("view", fromS(subscriber.subscriber()));
    item.put("commit", number(commit.number()));
    Projection<?, ?> view = subscriber.view();
    if (view != null) {
      List<String> key = List.of(view.name(), stream.toString());
      Row row = view.apply(rows.get(key), commit);
      rows.put(key, row);
      item.put("data", fromS(row.data()));
      ListKey listKey = row.listKey();
      if (listKey != null) {
        item.put("list", fromS(CATEGORY + " " + listKey.list()));
        item.put("sortKey", fromS(listKey.sortKey()));
      }
    }
    return item;
  }

  private static AttributeValue number(long number) {
    return fromN(Long.toString(number));
  }
}
