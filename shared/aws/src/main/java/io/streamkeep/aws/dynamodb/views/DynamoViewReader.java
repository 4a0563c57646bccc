package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
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

  private final DynamoTable table;

  public DynamoViewReader(DynamoDbClient client, String table) {
    this.table = new DynamoTable(client, table);
  }

  @Override
  public Page<String> list(String list, @Nullable String before, int limit) {
    QueryResponse found =
        table.page(
            query ->
                query
                    .indexName(INDEX)
                    .scanIndexForward(false)
                    .limit(limit + 1)
                    .keyConditionExpression("#list = :list AND #sortKey < :before")
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
        table
            .items(
                query ->
                    query
                        .keyConditionExpression("#stream = :group AND #view BETWEEN :from AND :to")
                        .expressionAttributeValues(
                            Map.of(
                                ":group",
                                TotalItem.partition(group),
                                ":from",
                                fromS(after == null ? from : after),
                                ":to",
                                fromS(to + END))))
            .map(TotalItem::read)
            .filter(total -> !total.sortKey().equals(after) && wanted.test(total))
            .limit(limit + 1L)
            .toList();
    List<TotalRow> page = found.stream().limit(limit).toList();
    return new Page<>(page, found.size() > limit ? page.getLast().sortKey() : null);
  }
}
