package io.streamkeep.aws.dynamodb.scan;

import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Where the reconciler is, kept in the views table: if that is restored to an earlier time, so is
 * this, and what the views then lack is compared again. Without its item all is.
 */
public final class DynamoScanCheckpoint {

  private final DynamoDbClient client;
  private final String table;

  public DynamoScanCheckpoint(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * A cycle as it was found.
   *
   * @param writes how often it had been written; 0 if it is not there yet
   */
  public record Kept(ScanCycle cycle, long writes) {}

  /**
   * The newest, or the first of all, which starts now.
   *
   * @throws UnreadableException if what is there is none
   */
  public Kept find(Instant now) {
    Map<String, AttributeValue> item =
        client
            .getItem(get -> get.tableName(table).key(ScanCheckpointItem.key()).consistentRead(true))
            .item();
    return item.isEmpty()
        ? new Kept(ScanCycle.first(now), 0)
        : new Kept(ScanCheckpointItem.read(item), ScanCheckpointItem.writes(item));
  }

  /** Puts where it is now; false, and nothing is changed, if somebody else has meanwhile. */
  public boolean put(Kept before, ScanCycle next) {
    try {
      client.putItem(
          put ->
              PutCondition.stillAt(ScanCheckpointItem.WRITES, before.writes())
                  .on(
                      put.tableName(table)
                          .item(ScanCheckpointItem.write(next, before.writes() + 1))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
