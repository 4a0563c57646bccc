package io.streamkeep.aws.dynamodb;

import static io.streamkeep.aws.dynamodb.RowItem.text;
import static io.streamkeep.aws.dynamodb.RowItem.units;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.RowItem.Split;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Views on one DynamoDB table, with the index {@value #INDEX}; how it is stored: RowItem. */
public final class DynamoViewStore implements ViewStore {

  private static final String INDEX = "by-group";

  /** How often a row is looked up of which a part has just been replaced. */
  private static final int LOOKS = 5;

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

  /**
   * A row as it is stored.
   *
   * @param lasting what lasts of it, if that is apart
   * @param parts all parts that are there, each by the commit with which it was put
   */
  private record Kept(Row row, long commit, @Nullable Lasting lasting, List<Long> parts)
      implements Projected {}

  /** What lasts of a row, and the commit with which it was put. */
  private record Lasting(String members, long put) {}

  @Override
  public Optional<Projected> find(String view, StreamId stream) {
    for (int i = 0; i < LOOKS; i++) {
      List<Map<String, AttributeValue>> items = items(view, stream);
      if (items.isEmpty() || RowItem.isLasting(items.getFirst())) {
        return Optional.empty();
      }
      Optional<Projected> kept = kept(items.getFirst(), items.subList(1, items.size()));
      if (kept.isPresent()) {
        return kept;
      }
    }
    throw new UnreadableException("A row without what lasts of it");
  }

  /** The row's item, and then those of what lasts. */
  private List<Map<String, AttributeValue>> items(String view, StreamId stream) {
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream AND #view BETWEEN :view AND :end")
                    .expressionAttributeNames(
                        Map.of("#stream", RowItem.STREAM, "#view", RowItem.VIEW))
                    .expressionAttributeValues(
                        Map.of(
                            ":stream",
                            fromS(stream.toString()),
                            ":view",
                            fromS(view),
                            ":end",
                            fromS(RowItem.end(view)))))
        .items()
        .stream()
        .toList();
  }

  /** Empty if the row refers to a part that is not there: read while it was replaced. */
  private static Optional<Projected> kept(
      Map<String, AttributeValue> item, List<Map<String, AttributeValue>> parts) {
    long commit = RowItem.number(item, RowItem.COMMIT);
    List<Long> puts = parts.stream().map(RowItem::put).toList();
    if (!item.containsKey(RowItem.LASTING)) {
      return Optional.of(new Kept(row(item), commit, null, puts));
    }
    int part = puts.indexOf(RowItem.number(item, RowItem.LASTING));
    if (part < 0) {
      return Optional.empty();
    }
    Split split = new Split(text(item, RowItem.PART), RowItem.lasting(parts.get(part)));
    return Optional.of(
        new Kept(
            new Row(split.data(), null),
            commit,
            new Lasting(split.lasting(), puts.get(part)),
            puts));
  }

  /**
   * A part is put before the row that refers to it, and deleted after the last one that did; what a
   * crash leaves over is deleted with the next change. So a row never refers to what is not there.
   */
  @Override
  public Optional<Projected> put(
      View view, StreamId stream, @Nullable Projected before, Row next, long commit) {
    Kept old = (Kept) before;
    Map<String, AttributeValue> item = RowItem.whole(view.name(), stream, next, commit);
    Lasting lasting = null;
    if (units(item) > 1 && next.place() == null && !view.lasting().isEmpty()) {
      Split split = Split.of(next.data(), view.lasting());
      Lasting apart = lasting(old, split.lasting(), commit);
      Map<String, AttributeValue> part = split.item(view.name(), stream, commit, apart.put);
      if (units(part) < units(item)) {
        if (apart.put == commit) {
          Map<String, AttributeValue> members = split.lastingItem(view.name(), stream, commit);
          client.putItem(put -> put.tableName(table).item(members));
        }
        item = part;
        lasting = apart;
      }
    }
    if (!put(item, old == null ? 0 : old.commit)) {
      return Optional.empty();
    }
    List<Long> kept = lasting == null ? List.of() : List.of(lasting.put);
    if (old != null) {
      old.parts.stream()
          .filter(put -> put < commit && !kept.contains(put)) // later ones others may be putting
          .map(put -> RowItem.lastingKey(view.name(), stream, put))
          .forEach(key -> client.deleteItem(delete -> delete.tableName(table).key(key)));
    }
    return Optional.of(new Kept(next, commit, lasting, kept));
  }

  private static Lasting lasting(@Nullable Kept old, String members, long commit) {
    Lasting before = old == null ? null : old.lasting;
    return before != null && before.members.equals(members) ? before : new Lasting(members, commit);
  }

  private boolean put(Map<String, AttributeValue> item, long expected) {
    try {
      client.putItem(
          put -> {
            put.tableName(table).item(item);
            if (expected == 0) {
              put.conditionExpression("attribute_not_exists(#commit)");
            } else {
              put.conditionExpression("#commit = :expected")
                  .expressionAttributeValues(Map.of(":expected", fromN(Long.toString(expected))));
            }
            put.expressionAttributeNames(Map.of("#commit", RowItem.COMMIT));
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
                    .expressionAttributeNames(
                        Map.of("#group", RowItem.GROUP, "#rank", RowItem.RANK))
                    .expressionAttributeValues(
                        Map.of(
                            ":group",
                            fromS(group),
                            ":before",
                            fromS(before == null ? END : before))));
    List<Map<String, AttributeValue>> items = page.items().stream().limit(limit).toList();
    boolean more = page.items().size() > limit || page.hasLastEvaluatedKey();
    return new Page(
        items.stream().map(DynamoViewStore::row).toList(),
        more && !items.isEmpty() ? text(items.getLast(), RowItem.RANK) : null);
  }

  private static Row row(Map<String, AttributeValue> item) {
    return new Row(text(item, RowItem.DATA), RowItem.place(item));
  }
}
