package io.streamkeep.aws.dynamodb.feed;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.feed.CheckpointStore;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.store.StreamId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Checkpoints of the feed's consumers in the views table. A consumer's checkpoint in a partition is
 * stored as its cursor in a stream such as {@code feed#3}.
 */
public final class DynamoCheckpointStore implements CheckpointStore {

  private final DynamoTable table;

  public DynamoCheckpointStore(DynamoDbClient client, String table) {
    this.table = new DynamoTable(client, table);
  }

  @Override
  public long find(String consumer, int partition) {
    Map<String, AttributeValue> item = table.get(CursorItem.key(consumer, stream(partition)));
    return item.isEmpty() ? 0 : CursorItem.reader(item).number(CursorItem.COMMIT);
  }

  @Override
  public void advance(String consumer, int partition, long from, long to) {
    // If the condition fails, another process has advanced it.
    table.put(CursorItem.at(consumer, stream(partition), to), CursorItem.isAt(from));
  }

  private static StreamId stream(int partition) {
    return new StreamId(Feed.NAME, Integer.toString(partition));
  }
}
