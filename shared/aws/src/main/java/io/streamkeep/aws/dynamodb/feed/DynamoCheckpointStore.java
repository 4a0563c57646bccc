package io.streamkeep.aws.dynamodb.feed;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.kernel.feed.CheckpointStore;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.store.StreamId;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Checkpoints of the feed's consumers in the views table. A consumer's checkpoint in a partition is
 * stored as its cursor in a stream such as {@code feed#3}.
 */
public final class DynamoCheckpointStore implements CheckpointStore {

  private final DynamoDbClient client;
  private final String table;

  public DynamoCheckpointStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public long find(String consumer, int partition) {
    Map<String, AttributeValue> item =
        client
            .getItem(get -> get.tableName(table).key(key(consumer, partition)).consistentRead(true))
            .item();
    return item.isEmpty() ? 0 : CursorItem.reader(item).number(CursorItem.COMMIT);
  }

  @Override
  public void advance(String consumer, int partition, long from, long to) {
    Map<String, AttributeValue> item = new HashMap<>(key(consumer, partition));
    item.put(CursorItem.COMMIT, fromN(Long.toString(to)));
    try {
      client.putItem(put -> CursorItem.isAt(from).on(put.tableName(table).item(item)));
    } catch (ConditionalCheckFailedException e) {
      // Another process has advanced it.
    }
  }

  private static Map<String, AttributeValue> key(String consumer, int partition) {
    return CursorItem.key(consumer, new StreamId(Feed.NAME, Integer.toString(partition)));
  }
}
