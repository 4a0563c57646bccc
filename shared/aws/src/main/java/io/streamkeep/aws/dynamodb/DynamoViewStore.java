package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.View.Place;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Views on one DynamoDB table. Stored format: {@code stream} (S, partition key), {@code view} (S,
 * sort key), {@code commit} (N, the cursor), {@code data} (S, a JSON object), and for a row that is
 * listed {@code group} and {@code rank} (S, the keys of the index {@value #INDEX}).
 */
public final class DynamoViewStore implements ViewStore {

  private static final String INDEX = "by-group";
  private static final String STREAM = "stream";
  private static final String VIEW = "view";
  private static final String COMMIT = "commit";
  private static final String DATA = "data";
  private static final String GROUP = "group";
  private static final String RANK = "rank";

  private static final AttributeValue NOTHING = AttributeValue.builder().build();

  /** Sorts after every rank. */
  private static final String END = "\uFFFF";

  private final DynamoDbClient client;
  private final String table;

  public DynamoViewStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * A part of a list.
   *
   * @param rows greatest rank first
   * @param next the rank before which the list goes on, or null at its end
   */
  public record Page(List<Row> rows, @Nullable String next) {}

  @Override
  public Optional<Projected> find(String view, StreamId stream) {
    GetItemResponse found =
        client.getItem(get -> get.tableName(table).key(key(view, stream)).consistentRead(true));
    return found.hasItem() ? Optional.of(projected(found.item())) : Optional.empty();
  }

  @Override
  public boolean put(String view, StreamId stream, long expected, Projected next) {
    try {
      client.putItem(
          put -> {
            put.tableName(table).item(item(view, stream, next));
            if (expected == 0) {
              put.conditionExpression("attribute_not_exists(#commit)");
            } else {
              put.conditionExpression("#commit = :expected")
                  .expressionAttributeValues(Map.of(":expected", fromN(Long.toString(expected))));
            }
            put.expressionAttributeNames(Map.of("#commit", COMMIT));
          });
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /**
   * Rows of a list, eventually consistent: those with a rank below {@code before} (null = from the
   * greatest), at most {@code limit}.
   */
  public Page list(String group, @Nullable String before, int limit) {
    QueryResponse page =
        client.query(
            query ->
                query
                    .tableName(table)
                    .indexName(INDEX)
                    .scanIndexForward(false)
                    .limit(limit + 1)
                    .keyConditionExpression("#group = :group AND #rank < :before")
                    .expressionAttributeNames(Map.of("#group", GROUP, "#rank", RANK))
                    .expressionAttributeValues(
                        Map.of(
                            ":group",
                            fromS(group),
                            ":before",
                            fromS(before == null ? END : before))));
    List<Map<String, AttributeValue>> items = page.items().stream().limit(limit).toList();
    boolean more = page.items().size() > limit || page.hasLastEvaluatedKey();
    return new Page(
        items.stream().map(item -> projected(item).row()).toList(),
        more && !items.isEmpty() ? text(items.getLast(), RANK) : null);
  }

  private static Map<String, AttributeValue> key(String view, StreamId stream) {
    return Map.of(STREAM, fromS(stream.toString()), VIEW, fromS(view));
  }

  private static Map<String, AttributeValue> item(String view, StreamId stream, Projected next) {
    Map<String, AttributeValue> item = new HashMap<>(key(view, stream));
    item.put(COMMIT, fromN(Long.toString(next.commit())));
    item.put(DATA, fromS(next.row().data()));
    Place place = next.row().place();
    if (place != null) {
      item.put(GROUP, fromS(place.group()));
      item.put(RANK, fromS(place.rank()));
    }
    return item;
  }

  private static Projected projected(Map<String, AttributeValue> item) {
    Place place = item.containsKey(GROUP) ? new Place(text(item, GROUP), text(item, RANK)) : null;
    String commit = item.getOrDefault(COMMIT, NOTHING).n();
    if (commit == null) {
      throw new UnreadableException("A row without " + COMMIT);
    }
    return new Projected(new Row(text(item, DATA), place), Long.parseLong(commit));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    String text = item.getOrDefault(name, NOTHING).s();
    if (text == null) {
      throw new UnreadableException("A row without " + name);
    }
    return text;
  }
}
