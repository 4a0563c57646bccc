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
 * Checkpoints of the feed's consumers in the views table, beside what the consumers write there. A
 * consumer's checkpoint in a partition is stored as its cursor in a stream such as {@code feed#2/3}
 * (generation 2, partition 3), so it starts over with each generation of the feed.
 */
public final class DynamoCheckpointStore implements CheckpointStore {

  private final DynamoTable table;
  private final int generation;

  /**
   * Uses an existing table.
   *
   * @param generation the generation of the feed
   */
  public DynamoCheckpointStore(DynamoDbClient client, String table, int generation) {
    this.table = new DynamoTable(client, table);
    this.generation = generation;
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

  private StreamId stream(int partition) {
    return new StreamId(Feed.NAME, generation + "/" + partition);
  }
}
