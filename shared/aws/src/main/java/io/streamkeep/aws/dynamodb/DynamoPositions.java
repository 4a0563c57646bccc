package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.Positions;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Positions of the feed's consumers on the table of the views: as if a partition were a stream,
 * {@code feed#3}, and the consumer a view of it.
 */
public final class DynamoPositions implements Positions {

  private final DynamoDbClient client;
  private final String table;

  public DynamoPositions(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public long find(String consumer, int partition) {
    Map<String, AttributeValue> item =
        client
            .getItem(get -> get.tableName(table).key(key(consumer, partition)).consistentRead(true))
            .item();
    return item.isEmpty() ? 0 : RowItem.number(item, RowItem.COMMIT);
  }

  @Override
  public void advance(String consumer, int partition, long from, long to) {
    Map<String, AttributeValue> item = new HashMap<>(key(consumer, partition));
    item.put(RowItem.COMMIT, fromN(Long.toString(to)));
    try {
      client.putItem(put -> PutCondition.cursor(from).on(put.tableName(table).item(item)));
    } catch (ConditionalCheckFailedException e) {
      // Somebody else has moved it on.
    }
  }

  private static Map<String, AttributeValue> key(String consumer, int partition) {
    return RowItem.key(consumer, new StreamId(Feed.NAME, Integer.toString(partition)));
  }
}
