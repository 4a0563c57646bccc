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
 * Writes a row in one conditional PutItem or, with additions to totals, in one TransactWriteItems
 * at twice the price. Rows of many streams share a total, so a transaction that conflicts with
 * another one is retried with full-jitter backoff.
 */
final class ConditionalRowWriter {

  static final int MAX_ATTEMPTS = 8;
  private static final long FIRST_WAIT = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long MAX_WAIT = TimeUnit.MILLISECONDS.toNanos(800);

  private final DynamoDbClient client;
  private final String table;
  private final Sleeper sleeper;

  ConditionalRowWriter(DynamoDbClient client, String table, Sleeper sleeper) {
    this.client = client;
    this.table = table;
    this.sleeper = sleeper;
  }

  private enum Result {
    WRITTEN,
    CONDITION_FAILED,
    BUSY
  }

  /**
   * Writes the row and the additions; false, and nothing is written, if the condition fails.
   *
   * @throws ThrottledException if the last attempt also conflicted or was throttled
   */
  boolean write(
      Map<String, AttributeValue> row, PutCondition condition, List<AggregateTotal> adds) {
    Result result = attempt(row, condition, adds);
    for (int attempts = 1; result == Result.BUSY; attempts++) {
      if (attempts == MAX_ATTEMPTS) {
        throw new ThrottledException(null);
      }
      sleeper.sleep((long) (sleeper.random() * Math.min(MAX_WAIT, FIRST_WAIT << attempts)));
      result = attempt(row, condition, adds);
    }
    return result == Result.WRITTEN;
  }

  private Result attempt(
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
      return Result.WRITTEN;
    } catch (ConditionalCheckFailedException e) {
      return Result.CONDITION_FAILED;
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
      return Result.WRITTEN;
    } catch (TransactionCanceledException e) {
      return TransactionCancellation.of(e).failed().isEmpty()
          ? Result.BUSY
          : Result.CONDITION_FAILED;
    }
  }
}
