package io.streamkeep.testkit.cost;

import io.streamkeep.aws.dynamodb.ItemSize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;

/**
 * The cost of one request's reads: each item is rounded up by itself, the items of a page of a
 * Query or Scan together, whether or not a filter drops them. Filters and projections save nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     read and write operations</a>
 */
record ReadCost(TableSchemas tables) {

  private static final double EVENTUAL = 0.5;
  private static final double CONSISTENT = 1;
  private static final double TRANSACTION = 2;

  Cost of(SdkRequest request, SdkResponse response) {
    if (request instanceof GetItemRequest get && response instanceof GetItemResponse got) {
      boolean whole = get.projectionExpression() == null;
      long bytes = ItemSize.of(whole ? got.item() : tables.item(get.tableName(), get.key()));
      return cost(bytes, factor(get.consistentRead()));
    }
    if (request instanceof QueryRequest query && response instanceof QueryResponse page) {
      return cost(bytes(itemsRead(query, page)), factor(query.consistentRead()));
    }
    if (request instanceof ScanRequest scan && response instanceof ScanResponse page) {
      return cost(bytes(itemsRead(scan, page)), factor(scan.consistentRead()));
    }
    if (request instanceof BatchGetItemRequest batch
        && response instanceof BatchGetItemResponse got) {
      return batch(batch.requestItems()).minus(batch(got.unprocessedKeys()));
    }
    if (request instanceof TransactGetItemsRequest transaction) {
      return Cost.sum(
          transaction.transactItems().stream()
              .map(TransactGetItem::get)
              .map(get -> cost(get.tableName(), get.key(), TRANSACTION))
              .toList());
    }
    return Cost.NOTHING;
  }

  private Cost batch(Map<String, KeysAndAttributes> batch) {
    List<Cost> costs = new ArrayList<>();
    batch.forEach(
        (table, keys) ->
            keys.keys().forEach(key -> costs.add(cost(table, key, factor(keys.consistentRead())))));
    return Cost.sum(costs);
  }

  /** All items that the page read; the response may have only some of them, or parts. */
  private List<Map<String, AttributeValue>> itemsRead(QueryRequest query, QueryResponse page) {
    if (page.items().size() == page.scannedCount() && query.projectionExpression() == null) {
      return page.items();
    }
    String key = query.keyConditionExpression();
    return tables
        .client()
        .query(
            query.toBuilder()
                .select((String) null)
                .filterExpression(null)
                .projectionExpression(null)
                .expressionAttributeNames(used(query.expressionAttributeNames(), key))
                .expressionAttributeValues(used(query.expressionAttributeValues(), key))
                .build())
        .items();
  }

  private List<Map<String, AttributeValue>> itemsRead(ScanRequest scan, ScanResponse page) {
    if (page.items().size() == page.scannedCount() && scan.projectionExpression() == null) {
      return page.items();
    }
    return tables
        .client()
        .scan(
            scan.toBuilder()
                .select((String) null)
                .filterExpression(null)
                .projectionExpression(null)
                .expressionAttributeNames(null)
                .expressionAttributeValues(null)
                .build())
        .items();
  }

  /** The entries that an expression uses; DynamoDB rejects unused ones. */
  private static <V> @Nullable Map<String, V> used(Map<String, V> given, String expression) {
    Map<String, V> used = new HashMap<>(given);
    used.keySet().retainAll(List.of(expression.split("[^#:A-Za-z0-9_]+")));
    return used.isEmpty() ? null : used;
  }

  private Cost cost(String table, Map<String, AttributeValue> key, double factor) {
    return cost(ItemSize.of(tables.item(table, key)), factor);
  }

  private static Cost cost(long bytes, double factor) {
    return Cost.read(factor * ItemSize.readUnits(bytes), bytes);
  }

  private static double factor(Boolean consistent) {
    return Boolean.TRUE.equals(consistent) ? CONSISTENT : EVENTUAL;
  }

  private static long bytes(Collection<Map<String, AttributeValue>> items) {
    return items.stream().mapToLong(ItemSize::of).sum();
  }
}
