package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.reconcile.Cursors;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The cursors in a stream's rows of the views table, by one Query for all of them. */
public final class DynamoCursors implements Cursors {

  private final DynamoDbClient client;
  private final String table;

  public DynamoCursors(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Map<String, Cursor> of(StreamId stream) {
    Map<String, Cursor> cursors = new HashMap<>();
    client
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream")
                    .projectionExpression("#view, #commit, #parked")
                    .expressionAttributeNames(
                        Map.of(
                            "#stream", RowItem.STREAM,
                            "#view", RowItem.VIEW,
                            "#commit", RowItem.COMMIT,
                            "#parked", ParkedItem.PARKED))
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .items()
        .stream()
        .filter(item -> !RowItem.isLasting(item))
        .forEach(
            item ->
                cursors.put(
                    RowItem.text(item, RowItem.VIEW),
                    new Cursor(commit(item), ParkedItem.is(item))));
    return cursors;
  }

  private static long commit(Map<String, AttributeValue> item) {
    try {
      return RowItem.number(item, RowItem.COMMIT);
    } catch (UnreadableException e) {
      return 0;
    }
  }
}
