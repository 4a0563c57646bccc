package io.streamkeep.aws.dynamodb;

import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.reconcile.Cycle;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Where the reconciler is, kept in the views table: if that is restored to an earlier time, so is
 * this, and what the views then lack is compared again. Without its item all is.
 */
public final class DynamoCycle {

  private final DynamoDbClient client;
  private final String table;

  public DynamoCycle(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * A cycle as it was found.
   *
   * @param writes how often it had been written; 0 if it is not there yet
   */
  public record Kept(Cycle cycle, long writes) {}

  /**
   * The newest, or the first of all, which starts now.
   *
   * @throws UnreadableException if what is there is none
   */
  public Kept find(Instant now) {
    Map<String, AttributeValue> item =
        client
            .getItem(get -> get.tableName(table).key(CycleItem.key()).consistentRead(true))
            .item();
    return item.isEmpty()
        ? new Kept(Cycle.first(now), 0)
        : new Kept(CycleItem.read(item), CycleItem.writes(item));
  }

  /** Puts where it is now; false, and nothing is changed, if somebody else has meanwhile. */
  public boolean put(Kept before, Cycle next) {
    try {
      client.putItem(
          put ->
              PutCondition.stillAt(CycleItem.WRITES, before.writes())
                  .on(put.tableName(table).item(CycleItem.write(next, before.writes() + 1))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
