package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.kernel.projection.ViewReader;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads the lists and totals that {@link DynamoViewStore} writes. */
public final class DynamoViewReader implements ViewReader {

  private static final String INDEX = "by-list";

  /** Sorts after every sort key, also as the end of a prefix. */
  private static final String END = "\uFFFF";

  private final DynamoDbClient client;
  private final String table;

  public DynamoViewReader(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Page<String> list(String list, @Nullable String before, int limit) {
    QueryResponse found =
        client.query(
            query ->
                query
                    .tableName(table)
                    .indexName(INDEX)
                    .scanIndexForward(false)
                    .limit(limit + 1)
                    .keyConditionExpression("#list = :list AND #sortKey < :before")
                    .expressionAttributeNames(
                        Map.of("#list", RowItem.LIST, "#sortKey", RowItem.SORT_KEY))
                    .expressionAttributeValues(
                        Map.of(
                            ":list",
                            fromS(list),
                            ":before",
                            fromS(before == null ? END : before))));
    List<Map<String, AttributeValue>> items = found.items().stream().limit(limit).toList();
    boolean more = found.items().size() > limit || found.hasLastEvaluatedKey();
    return new Page<>(
        items.stream().map(item -> CursorItem.reader(item).text(RowItem.DATA)).toList(),
        more && !items.isEmpty()
            ? CursorItem.reader(items.getLast()).text(RowItem.SORT_KEY)
            : null);
  }

  @Override
  public Page<TotalRow> totals(
      String group,
      String from,
      String to,
      @Nullable String after,
      Predicate<TotalRow> wanted,
      int limit) {
    List<TotalRow> found =
        client
            .queryPaginator(
                query ->
                    query
                        .tableName(table)
                        .keyConditionExpression("#stream = :group AND #view BETWEEN :from AND :to")
                        .expressionAttributeNames(
                            Map.of("#stream", CursorItem.STREAM, "#view", CursorItem.VIEW))
                        .expressionAttributeValues(
                            Map.of(
                                ":group",
                                TotalItem.partition(group),
                                ":from",
                                fromS(after == null ? from : after),
                                ":to",
                                fromS(to + END))))
            .items()
            .stream()
            .map(TotalItem::read)
            .filter(total -> !total.sortKey().equals(after) && wanted.test(total))
            .limit(limit + 1L)
            .toList();
    List<TotalRow> page = found.stream().limit(limit).toList();
    return new Page<>(page, found.size() > limit ? page.getLast().sortKey() : null);
  }
}
