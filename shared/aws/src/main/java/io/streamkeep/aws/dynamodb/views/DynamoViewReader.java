package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.projection.ViewReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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

  /** One page of the index, so also at most 1 MB. */
  @Override
  public <T> Page<T> list(
      String list, Function<String, T> read, @Nullable String before, int limit) {
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
    Page<T> page =
        Page.of(
            found.items().stream()
                .map(CursorItem::reader)
                .flatMap(
                    row ->
                        Listed.read(
                            row.text(RowItem.SORT_KEY),
                            row.text(CursorItem.STREAM),
                            () -> Optional.of(read.apply(row.text(RowItem.DATA))))
                            .stream()),
            limit);
    return found.hasLastEvaluatedKey() && !page.items().isEmpty()
        ? new Page<>(page.items(), true)
        : page;
  }

  @Override
  public <T> Page<T> totals(
      String group,
      String from,
      String to,
      @Nullable String after,
      Function<TotalRow, Optional<T>> read,
      int limit) {
    return Page.of(
        SubTotals.of(
                table.items(
                    query ->
                        query
                            .keyConditionExpression(
                                "#stream = :group AND #view BETWEEN :from AND :to")
                            .expressionAttributeValues(
                                Map.of(
                                    ":group",
                                    TotalItem.partition(group),
                                    ":from",
                                    fromS(after == null ? from : after),
                                    ":to",
                                    fromS(to + END)))))
            .filter(total -> !total.sortKey().equals(after))
            .flatMap(
                total ->
                    Listed.read(total.sortKey(), total.sortKey(), () -> read.apply(total.sum()))
                        .stream()),
        limit);
  }
}
