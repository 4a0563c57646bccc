package io.streamkeep.aws.dynamodb.views;

import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.dynamodb.Throttling;
import io.streamkeep.aws.dynamodb.TransactionCancellation;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.store.ThrottledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The write that takes a row from one cursor to the next: a conditional PutItem, or, with what it
 * adds to totals, one TransactWriteItems at twice the price. A total is where the rows of many
 * streams meet, so a transaction that another one is in the way of is tried again, after a wait by
 * chance that grows.
 */
final class ConditionalRowWriter {

  static final int TRIES = 8;

  private static final long FIRST_WAIT = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(800);

  private final DynamoDbClient client;
  private final String table;
  private final Sleeper pause;

  ConditionalRowWriter(DynamoDbClient client, String table, Sleeper pause) {
    this.client = client;
    this.table = table;
    this.pause = pause;
  }

  private enum Result {
    DONE,
    LOST,
    BUSY
  }

  /**
   * Whether it was done; not if somebody else has taken the row further.
   *
   * @param condition that nobody else has
   * @throws ThrottledException if the last try too met another transaction, or was throttled
   */
  boolean run(Map<String, AttributeValue> row, PutCondition condition, List<AggregateTotal> adds) {
    Result result = once(row, condition, adds);
    for (int tries = 1; result == Result.BUSY; tries++) {
      if (tries == TRIES) {
        throw new ThrottledException(null);
      }
      pause.sleep((long) (pause.random() * Math.min(LONGEST_WAIT, FIRST_WAIT << tries)));
      result = once(row, condition, adds);
    }
    return result == Result.DONE;
  }

  private Result once(
      Map<String, AttributeValue> row, PutCondition condition, List<AggregateTotal> adds) {
    try {
      return adds.isEmpty() ? put(row, condition) : transact(row, condition, adds);
    } catch (TransactionConflictException e) {
      return Result.BUSY;
    }
  }

  private Result put(Map<String, AttributeValue> row, PutCondition condition) {
    try {
      Throttling.translate(
          () -> client.putItem(put -> condition.on(put.tableName(table).item(row))));
      return Result.DONE;
    } catch (ConditionalCheckFailedException e) {
      return Result.LOST;
    }
  }

  private Result transact(
      Map<String, AttributeValue> row, PutCondition condition, List<AggregateTotal> adds) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(
        TransactWriteItem.builder()
            .put(put -> condition.on(put.tableName(table).item(row)))
            .build());
    for (AggregateTotal add : adds) {
      items.add(
          TransactWriteItem.builder()
              .update(update -> TotalItem.add(update.tableName(table), add))
              .build());
    }
    try {
      Throttling.translate(
          () -> client.transactWriteItems(transact -> transact.transactItems(items)));
      return Result.DONE;
    } catch (TransactionCanceledException e) {
      return TransactionCancellation.of(e).failed().isEmpty() ? Result.BUSY : Result.LOST;
    }
  }
}
