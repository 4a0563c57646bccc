package io.streamkeep.testkit.cost;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.testkit.cost.TableSchemas.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The cost of one request's writes: the larger of an item before and after the write, plus the cost
 * in each index. If a condition fails, the larger of the stored and the intended item. In a
 * transaction, items cost twice as much, indexes the same.
 *
 * @param before the items before the write, if the response does not have them
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     read and write operations</a>
 */
record WriteCost(
    TableSchemas tables,
    List<Action> actions,
    Map<Action, Map<String, AttributeValue>> before,
    boolean transaction) {

  /** Must be called before the request is sent; costs nothing if it does not write. */
  static WriteCost of(TableSchemas tables, SdkRequest request) {
    List<Action> actions = Action.of(request);
    Map<Action, Map<String, AttributeValue>> before = new HashMap<>();
    if (!OldItem.isReturned(request)) {
      for (Action action : actions) {
        Schema schema = tables.schema(action.table());
        before.put(action, tables.item(action.table(), schema.key(action.item())));
      }
    }
    return new WriteCost(tables, actions, before, request instanceof TransactWriteItemsRequest);
  }

  Cost done(SdkResponse response) {
    List<Action> done = new ArrayList<>(actions);
    if (response instanceof BatchWriteItemResponse batch) {
      done.removeAll(Action.of(batch.unprocessedItems()));
    }
    return Cost.sum(done.stream().map(action -> done(action, before(action, response))).toList());
  }

  private Map<String, AttributeValue> before(Action action, SdkResponse response) {
    return switch (response) {
      case PutItemResponse put -> put.attributes();
      case DeleteItemResponse delete -> delete.attributes();
      default -> before.getOrDefault(action, Map.of());
    };
  }

  private Cost done(Action action, Map<String, AttributeValue> before) {
    Map<String, AttributeValue> after =
        switch (action) {
          case Action.Put put -> put.item();
          case Action.Delete delete -> Map.of();
          case Action.Update update -> tables.item(update.table(), update.item());
          case Action.Check check -> before;
        };
    long indexes = 0;
    for (Index index : tables.schema(action.table()).indexes()) {
      indexes += index.writeUnits(before, after);
    }
    long stored = action instanceof Action.Check ? 0 : ItemSize.of(after);
    return Cost.write(units(before, after) + indexes, stored);
  }

  /** The cost of a failed condition; any other failure costs nothing. */
  Cost failed(Throwable failure) {
    return switch (failure) {
      case ConditionalCheckFailedException e -> conditionFailed(actions.getFirst(), e.item());
      case TransactionCanceledException e ->
          Cost.sum(
              actions.stream()
                  .map(action -> conditionFailed(action, before.getOrDefault(action, Map.of())))
                  .toList());
      default -> Cost.NOTHING;
    };
  }

  private Cost conditionFailed(Action action, Map<String, AttributeValue> before) {
    Map<String, AttributeValue> intended = action instanceof Action.Put put ? put.item() : Map.of();
    return Cost.write(units(before, intended), 0);
  }

  private long units(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    long units = ItemSize.writeUnits(Math.max(ItemSize.of(one), ItemSize.of(other)));
    return transaction ? 2 * units : units;
  }
}
