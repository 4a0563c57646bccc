package io.streamkeep.aws.dynamodb.views;

import static io.streamkeep.aws.dynamodb.CursorItem.text;
import static io.streamkeep.aws.dynamodb.views.RowItem.units;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.dynamodb.views.RowItem.Split;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.RowTooLargeException;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
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

/**
 * Views on one DynamoDB table, with an index of what is listed and one of what is parked; RowItem,
 * ParkedItem and TotalItem say how it is stored.
 */
public final class DynamoViewStore implements ViewStore {

  /** Of an item; DynamoDB takes 400 KB, of which the rest is for that it is parked, and why. */
  static final int MOST_BYTES = 384 * 1024;

  /** How often a row is looked up of which a part has just been replaced. */
  private static final int LOOKS = 5;

  /** Sorts before every stream. */
  private static final String FIRST = " ";

  private final DynamoDbClient client;
  private final String table;
  private final ConditionalRowWriter write;

  public DynamoViewStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
    this.write = new ConditionalRowWriter(client, table, Sleeper.real(SecureRandom::new));
  }

  /**
   * What is stored of a view and a stream.
   *
   * @param item the row's, empty if there is none
   * @param parts those of what lasts, each by the commit with which it was put
   */
  private record Kept(
      Map<String, AttributeValue> item, Map<Long, Map<String, AttributeValue>> parts)
      implements StoredRow {

    private static final Kept NONE = new Kept(Map.of(), Map.of());

    /** So that a row which somebody put right by hand, or broke, is not put over unseen. */
    private PutCondition unchanged() {
      if (item.isEmpty()) {
        return PutCondition.absent(CursorItem.STREAM);
      }
      PutCondition unchanged = CursorItem.unmoved(commit());
      for (String text : List.of(RowItem.DATA, RowItem.PART)) {
        if (item.containsKey(text)) {
          unchanged = unchanged.and(PutCondition.same(text, item));
        }
      }
      return parked() ? unchanged : unchanged.and(PutCondition.absent(ParkedItem.PARKED));
    }

    @Override
    public @Nullable String data() {
      if (commit() == 0) {
        return null;
      }
      return item.containsKey(RowItem.LASTING)
          ? new Split(text(item, RowItem.PART), lasting()).data()
          : text(item, RowItem.DATA);
    }

    @Override
    public long commit() {
      boolean none = item.isEmpty() || (parked() && !item.containsKey(CursorItem.COMMIT));
      return none ? 0 : CursorItem.number(item, CursorItem.COMMIT);
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
      return CursorItem.number(item, RowItem.LASTING);
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
  public StoredRow find(String view, StreamId stream) {
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
                        Map.of("#stream", CursorItem.STREAM, "#view", CursorItem.VIEW))
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
  public Optional<StoredRow> put(
      String view,
      StreamId stream,
      StoredRow before,
      Row next,
      long commit,
      List<AggregateTotal> adds) {
    Kept old = kept(before);
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
        .map(put -> RowItem.lastingKey(view, stream, put))
        .forEach(key -> client.deleteItem(delete -> delete.tableName(table).key(key)));
    return Optional.of(kept);
  }

  private static Kept kept(StoredCursor before) {
    return before instanceof Kept found ? found : Kept.NONE;
  }

  @Override
  public Optional<StoredRow> advance(
      String subscriber, StreamId stream, StoredCursor before, long commit) {
    Kept next = new Kept(CursorItem.at(subscriber, stream, commit), Map.of());
    return write.run(next.item, kept(before).unchanged(), List.of())
        ? Optional.of(next)
        : Optional.empty();
  }

  private static void requireRoom(Map<String, AttributeValue> item) {
    long bytes = ItemSize.of(item);
    if (bytes > MOST_BYTES) {
      throw new RowTooLargeException(bytes, MOST_BYTES);
    }
  }

  /** What is to be stored: in two items where the next change is cheaper then. */
  private static Kept kept(String view, StreamId stream, Kept old, Row row, long commit) {
    Map<String, AttributeValue> whole = RowItem.whole(view, stream, row, commit);
    if (units(whole) > 1 && row.listKey() == null && !row.rarelyChanging().isEmpty()) {
      Split split = Split.of(row.data(), row.rarelyChanging());
      boolean there = old.has(split.lasting());
      long put = there ? old.put() : commit;
      Map<String, AttributeValue> part = split.item(view, stream, commit, put);
      if (units(part) < units(whole)) {
        Map<String, AttributeValue> lasting =
            there
                ? Objects.requireNonNull(old.parts.get(put))
                : split.lastingItem(view, stream, commit);
        return new Kept(part, Map.of(put, lasting));
      }
    }
    return new Kept(whole, Map.of());
  }

  @Override
  public void park(ParkedPosition pointer, String reason, Instant at) {
    try {
      client.updateItem(
          update ->
              ParkedItem.put(update, pointer, reason, at)
                  .tableName(table)
                  .key(CursorItem.key(pointer.subscriber(), pointer.stream())));
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
                        Map.of("#stream", CursorItem.STREAM, "#parked", ParkedItem.PARKED))
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
                Map.of("#parked", ParkedItem.PARKED, "#stream", CursorItem.STREAM))
            .expressionAttributeValues(
                Map.of(
                    ":view",
                    fromS(view),
                    ":after",
                    fromS(after == null ? FIRST : after.toString())));
    page.accept(query);
    return client.queryPaginator(query.build()).items().stream().map(ParkedItem::read);
  }
}
