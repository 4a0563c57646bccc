package io.streamkeep.testkit.cost;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The effect of a request on one item. */
sealed interface Action {

  String table();

  /** The item's key; for a put the whole item. */
  Map<String, AttributeValue> item();

  record Put(String table, Map<String, AttributeValue> item) implements Action {}

  record Delete(String table, Map<String, AttributeValue> item) implements Action {}

  record Update(String table, Map<String, AttributeValue> item) implements Action {}

  record Check(String table, Map<String, AttributeValue> item) implements Action {}

  /** The actions of a request; none if it does not write. */
  static List<Action> of(SdkRequest request) {
    return switch (request) {
      case PutItemRequest put -> List.of(new Put(put.tableName(), put.item()));
      case DeleteItemRequest delete -> List.of(new Delete(delete.tableName(), delete.key()));
      case UpdateItemRequest update -> List.of(new Update(update.tableName(), update.key()));
      case TransactWriteItemsRequest all -> all.transactItems().stream().map(Action::of).toList();
      case BatchWriteItemRequest all -> of(all.requestItems());
      default -> List.of();
    };
  }

  /** The actions of a batch, or of its unprocessed items. */
  static List<Action> of(Map<String, List<WriteRequest>> batch) {
    return batch.entrySet().stream()
        .flatMap(table -> table.getValue().stream().map(write -> of(table.getKey(), write)))
        .toList();
  }

  private static Action of(String table, WriteRequest write) {
    return write.putRequest() != null
        ? new Put(table, write.putRequest().item())
        : new Delete(table, write.deleteRequest().key());
  }

  private static Action of(TransactWriteItem item) {
    if (item.put() != null) {
      return new Put(item.put().tableName(), item.put().item());
    }
    if (item.delete() != null) {
      return new Delete(item.delete().tableName(), item.delete().key());
    }
    if (item.update() != null) {
      return new Update(item.update().tableName(), item.update().key());
    }
    return new Check(item.conditionCheck().tableName(), item.conditionCheck().key());
  }
}
