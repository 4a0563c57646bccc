package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads the cursors of a stream from the views table, all in one Query. */
public final class DynamoCursors implements Cursors {

  private final DynamoTable table;

  public DynamoCursors(DynamoDbClient client, String table) {
    this.table = new DynamoTable(client, table);
  }

  @Override
  public Map<String, Cursor> of(StreamId stream) {
    Map<String, Cursor> cursors = new HashMap<>();
    table
        .items(
            query ->
                query
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream")
                    .projectionExpression("#view, #commit, #parked")
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .filter(item -> !RowItem.isDetail(item))
        .forEach(
            item ->
                cursors.put(
                    CursorItem.reader(item).text(CursorItem.VIEW),
                    cursor(CursorItem.stored(item))));
    return cursors;
  }

  private static Cursor cursor(StoredCursor stored) {
    try {
      return new Cursor(stored.commit(), stored.parked());
    } catch (UnreadableException e) {
      return new Cursor(0, stored.parked());
    }
  }
}
