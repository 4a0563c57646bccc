package io.streamkeep.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import io.streamkeep.kernel.store.ThrottledException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * A table, and the requests that stores send to it. In an expression, the placeholder {@code #x}
 * stands for the attribute {@code x}. Throttling that outlasts the SDK's retries is reported as
 * {@link ThrottledException}.
 */
public record DynamoTable(DynamoDbClient client, String name) {

  private static final Pattern PLACEHOLDER = Pattern.compile("#(\\w+)");

  /** Maximum of one BatchGetItem. */
  private static final int MAX_KEYS = 100;

  /** Bytes of a partition key, a limit of DynamoDB. */
  private static final int MAX_PARTITION_KEY = 2048;

  /** Bytes of a sort key, also of an index; a limit of DynamoDB. */
  private static final int MAX_SORT_KEY = 1024;

  /** True if DynamoDB takes a text as a partition key. */
  public static boolean fitsPartitionKey(String key) {
    return fits(key, MAX_PARTITION_KEY);
  }

  /** True if DynamoDB takes a text as a sort key. */
  public static boolean fitsSortKey(String key) {
    return fits(key, MAX_SORT_KEY);
  }

  private static boolean fits(String key, int maxBytes) {
    return !key.isEmpty() && key.getBytes(UTF_8).length <= maxBytes;
  }

  /** The attribute names of the placeholders in these expressions, any of which may be null. */
  public static Map<String, String> names(@Nullable String... expressions) {
    return Stream.of(expressions)
        .filter(Objects::nonNull)
        .flatMap(expression -> PLACEHOLDER.matcher(expression).results())
        .collect(toMap(MatchResult::group, found -> found.group(1), (name, same) -> name));
  }

  /** The item with this key, read consistently; empty if there is none. */
  public Map<String, AttributeValue> get(Map<String, AttributeValue> key) {
    return translate(
        () -> client.getItem(get -> get.tableName(name).key(key).consistentRead(true)).item());
  }

  /**
   * The items with these keys that exist, read consistently, in no order.
   *
   * @param projection the attributes to return, or null for all
   */
  public List<Map<String, AttributeValue>> getAll(
      List<Map<String, AttributeValue>> keys, @Nullable String projection) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += MAX_KEYS) {
      KeysAndAttributes batch =
          KeysAndAttributes.builder()
              .consistentRead(true)
              .keys(keys.subList(from, Math.min(from + MAX_KEYS, keys.size())))
              .projectionExpression(projection)
              .expressionAttributeNames(projection == null ? null : names(projection))
              .build();
      items.addAll(translate(() -> get(batch)));
    }
    return items;
  }

  /** Also requests the keys that a response left unprocessed. */
  private List<Map<String, AttributeValue>> get(KeysAndAttributes batch) {
    return client.batchGetItemPaginator(get -> get.requestItems(Map.of(name, batch))).stream()
        .flatMap(page -> page.responses().getOrDefault(name, List.of()).stream())
        .toList();
  }

  /** One page of a query. */
  public QueryResponse page(Consumer<QueryRequest.Builder> query) {
    return translate(() -> client.query(request(query)));
  }

  /** The items of all pages of a query; a page is requested only when its items are needed. */
  public Stream<Map<String, AttributeValue>> items(Consumer<QueryRequest.Builder> query) {
    Iterator<QueryResponse> pages = client.queryPaginator(request(query)).iterator();
    return Stream.iterate(pages, Iterator::hasNext, same -> same)
        .flatMap(rest -> translate(rest::next).items().stream());
  }

  private QueryRequest request(Consumer<QueryRequest.Builder> query) {
    QueryRequest.Builder builder = QueryRequest.builder().tableName(name).applyMutation(query);
    QueryRequest plain = builder.build();
    return builder
        .expressionAttributeNames(
            names(
                plain.keyConditionExpression(),
                plain.projectionExpression(),
                plain.filterExpression()))
        .build();
  }

  /** Puts an item; returns false, and writes nothing, if the condition fails. */
  public boolean put(Map<String, AttributeValue> item, PutCondition condition) {
    try {
      translate(() -> client.putItem(put -> condition.on(put.tableName(name).item(item))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** Deletes the item with this key, if there is one. */
  public void delete(Map<String, AttributeValue> key) {
    translate(() -> client.deleteItem(delete -> delete.tableName(name).key(key)));
  }

  /** A put in a transaction; if its condition fails, the cancellation contains the stored item. */
  public TransactWriteItem putInTransaction(
      Map<String, AttributeValue> item, PutCondition condition) {
    return TransactWriteItem.builder()
        .put(
            put ->
                condition
                    .on(put.tableName(name).item(item))
                    .returnValuesOnConditionCheckFailure(ALL_OLD))
        .build();
  }

  public TransactWriteItem deleteInTransaction(
      Map<String, AttributeValue> key, PutCondition condition) {
    return TransactWriteItem.builder()
        .delete(delete -> condition.on(delete.tableName(name).key(key)))
        .build();
  }

  /** Writes items to any tables, all or nothing. */
  public void transact(List<TransactWriteItem> items) {
    translate(() -> client.transactWriteItems(transact -> transact.transactItems(items)));
  }

  /**
   * Calls DynamoDB, and translates throttling that the SDK's own retries did not overcome. A
   * transaction in progress is not throttling, although the SDK counts it as such.
   */
  public static <T> T translate(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      boolean inProgress = e instanceof TransactionInProgressException;
      throw e.isThrottlingException() && !inProgress ? new ThrottledException(e) : e;
    }
  }
}
