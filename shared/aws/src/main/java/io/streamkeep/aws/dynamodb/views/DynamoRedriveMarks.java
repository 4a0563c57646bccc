package io.streamkeep.aws.dynamodb.views;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.RedriveMarks;
import java.time.Instant;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Marks what {@link DynamoViewStore} has parked, in one conditional UpdateItem each. */
public final class DynamoRedriveMarks implements RedriveMarks {

  private final DynamoTable table;

  public DynamoRedriveMarks(DynamoDbClient client, String table) {
    this.table = new DynamoTable(client, table);
  }

  @Override
  public boolean mark(String subscriber, StreamId stream, String redrive, Instant at) {
    try {
      DynamoTable.translate(
          () ->
              table
                  .client()
                  .updateItem(
                      update ->
                          ParkedItem.mark(update, redrive, at)
                              .tableName(table.name())
                              .key(CursorItem.key(subscriber, stream))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
