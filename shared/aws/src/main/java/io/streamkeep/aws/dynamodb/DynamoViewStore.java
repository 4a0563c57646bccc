package io.streamkeep.aws.dynamodb;

import static io.streamkeep.aws.dynamodb.RowItem.text;
import static io.streamkeep.aws.dynamodb.RowItem.units;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.RowItem.Split;
import io.streamkeep.kernel.Parked;
import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.Pause;
import io.streamkeep.kernel.RowTooLargeException;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Total;
import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Views on one DynamoDB table, with an index of what is listed and one of what is parked; RowItem,
 * ParkedItem and TotalItem say how it is stored.
 */
public final class DynamoViewStore implements ViewStore {

  private static final String INDEX = "by-group";

  /** Of an item; DynamoDB takes 400 KB, of which the rest is for that it is parked, and why. */
  static final int MOST_BYTES = 384 * 1024;

  /** How often a row is looked up of which a part has just been replaced. */
  private static final int LOOKS = 5;

  /** Sorts after every rank. */
  private static final String END = "\uFFFF";

  /** Sorts before every stream. */
  private static final String FIRST = " ";

  private final DynamoDbClient client;
  private final String table;
  private final RowWrite write;

  public DynamoViewStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
    this.write = new RowWrite(client, table, Pause.real(SecureRandom::new));
  }

  /**
   * A part of a list.
   *
   * @param rows greatest rank first
   * @param next the rank before which the list goes on, or null at its end
   */
  public record Page(List<Row> rows, @Nullable String next) {}

  /**
   * What is stored of a view and a stream.
   *
   * @param item the row's, empty if there is none
   * @param parts those of what lasts, each by the commit with which it was put
   */
  private record Kept(
      Map<String, AttributeValue> item, Map<Long, Map<String, AttributeValue>> parts)
      implements Projected {

    private static final Kept NONE = new Kept(Map.of(), Map.of());

    /** So that a row which somebody put right by hand, or broke, is not put over unseen. */
    private PutCondition unchanged() {
      if (item.isEmpty()) {
        return PutCondition.absent(RowItem.STREAM);
      }
      PutCondition unchanged = PutCondition.cursor(commit());
      for (String text : List.of(RowItem.DATA, RowItem.PART)) {
        if (item.containsKey(text)) {
          unchanged = unchanged.and(PutCondition.same(text, item));
        }
      }
      return parked() ? unchanged : unchanged.and(PutCondition.absent(ParkedItem.PARKED));
    }

    @Override
    public @Nullable Row row() {
      if (commit() == 0) {
        return null;
      }
      return item.containsKey(RowItem.LASTING)
          ? new Row(new Split(text(item, RowItem.PART), lasting()).data(), null)
          : DynamoViewStore.row(item);
    }

    @Override
    public long commit() {
      boolean none = item.isEmpty() || (parked() && !item.containsKey(RowItem.COMMIT));
      return none ? 0 : RowItem.number(item, RowItem.COMMIT);
    }

    @Override
    public boolean parked() {
      return ParkedItem.is(item);
    }

    /** Whether the row refers to what is not there: it was read while that was replaced. */
    private boolean torn() {
      return item.containsKey(RowItem.LASTING) && !parts.containsKey(put());
    }

    private long put() {
      return RowItem.number(item, RowItem.LASTING);
    }

    private String lasting() {
      Map<String, AttributeValue> part = parts.get(put());
      if (part == null) {
        throw new UnreadableException("A row without what lasts of it");
      }
      return RowItem.lasting(part);
    }

    private boolean has(String lasting) {
      return item.containsKey(RowItem.LASTING) && lasting().equals(lasting);
    }
  }

  @Override
  public Projected find(String view, StreamId stream) {
    Kept kept = kept(view, stream);
    for (int i = 1; i < LOOKS && kept.torn(); i++) {
      kept = kept(view, stream);
    }
    return kept;
  }

  private Kept kept(String view, StreamId stream) {
    Map<String, AttributeValue> row = Map.of();
    Map<Long, Map<String, AttributeValue>> parts = new TreeMap<>();
    for (Map<String, AttributeValue> item : items(view, stream)) {
      if (RowItem.isLasting(item)) {
        parts.put(RowItem.put(item), item);
      } else {
        row = item;
      }
    }
    return new Kept(row, parts);
  }

  private Iterable<Map<String, AttributeValue>> items(String view, StreamId stream) {
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
        .items();
  }

  /**
   * A part is put before the row that refers to it, and deleted after the last one that did; what a
   * crash leaves over is deleted with the next change. So a row never refers to what is not there.
   */
  @Override
  public Optional<Projected> put(
      View view, StreamId stream, Projected before, Row next, long commit, List<Total> adds) {
    Kept old = before instanceof Kept found ? found : Kept.NONE;
    Kept kept = kept(view, stream, old, next, commit);
    requireRoom(kept.item);
    Map<String, AttributeValue> part = kept.parts.get(commit);
    if (part != null) {
      requireRoom(part);
      client.putItem(put -> put.tableName(table).item(part));
    }
    if (!write.run(kept.item, old.unchanged(), adds)) {
      return Optional.empty();
    }
    old.parts.keySet().stream()
        .filter(put -> put < commit && !kept.parts.containsKey(put)) // later ones may be in use
        .map(put -> RowItem.lastingKey(view.name(), stream, put))
        .forEach(key -> client.deleteItem(delete -> delete.tableName(table).key(key)));
    return Optional.of(kept);
  }

  private static void requireRoom(Map<String, AttributeValue> item) {
    long bytes = ItemSize.of(item);
    if (bytes > MOST_BYTES) {
      throw new RowTooLargeException(bytes, MOST_BYTES);
    }
  }

  /** What is to be stored: in two items where the next change is cheaper then. */
  private static Kept kept(View view, StreamId stream, Kept old, Row row, long commit) {
    Map<String, AttributeValue> whole = RowItem.whole(view.name(), stream, row, commit);
    if (units(whole) > 1 && row.place() == null && !view.lasting().isEmpty()) {
      Split split = Split.of(row.data(), view.lasting());
      boolean there = old.has(split.lasting());
      long put = there ? old.put() : commit;
      Map<String, AttributeValue> part = split.item(view.name(), stream, commit, put);
      if (units(part) < units(whole)) {
        Map<String, AttributeValue> lasting =
            there
                ? Objects.requireNonNull(old.parts.get(put))
                : split.lastingItem(view.name(), stream, commit);
        return new Kept(part, Map.of(put, lasting));
      }
    }
    return new Kept(whole, Map.of());
  }

  @Override
  public void park(Pointer pointer, String reason, Instant at) {
    try {
      client.updateItem(
          update ->
              ParkedItem.put(update, pointer, reason, at)
                  .tableName(table)
                  .key(RowItem.key(pointer.subscriber(), pointer.stream())));
    } catch (ConditionalCheckFailedException e) {
      // It has gone on meanwhile.
    }
  }

  /** What is parked in a stream, consistently read. */
  public List<Parked> parked(StreamId stream) {
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream")
                    .filterExpression("attribute_exists(#parked)")
                    .expressionAttributeNames(
                        Map.of("#stream", RowItem.STREAM, "#parked", ParkedItem.PARKED))
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .items()
        .stream()
        .map(ParkedItem::read)
        .toList();
  }

  /**
   * Where a view is parked, by stream, eventually consistent: after one (null = from the first), at
   * most {@code limit}.
   */
  public List<Parked> parked(String view, @Nullable StreamId after, int limit) {
    return parked(view, after, query -> query.limit(limit)).limit(limit).toList();
  }

  /** Everywhere that a view is parked, the same. */
  public Stream<Parked> parked(String view) {
    return parked(view, null, query -> {});
  }

  private Stream<Parked> parked(
      String view, @Nullable StreamId after, Consumer<QueryRequest.Builder> page) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .indexName(ParkedItem.INDEX)
            .keyConditionExpression("#parked = :view AND #stream > :after")
            .expressionAttributeNames(
                Map.of("#parked", ParkedItem.PARKED, "#stream", RowItem.STREAM))
            .expressionAttributeValues(
                Map.of(
                    ":view",
                    fromS(view),
                    ":after",
                    fromS(after == null ? FIRST : after.toString())));
    page.accept(query);
    return client.queryPaginator(query.build()).items().stream().map(ParkedItem::read);
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
