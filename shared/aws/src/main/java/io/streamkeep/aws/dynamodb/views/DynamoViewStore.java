package io.streamkeep.aws.dynamodb.views;

import static io.streamkeep.aws.dynamodb.views.RowItem.units;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.dynamodb.views.RowItem.Split;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.RowTooLargeException;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Views on one DynamoDB table, with an index of listed rows and one of parked positions. {@link
 * RowItem}, {@link ParkedItem} and {@link TotalItem} describe the stored formats.
 */
public final class DynamoViewStore implements ViewStore {

  /** The limit of an item; the rest of DynamoDB's 400 KB is for the parking attributes. */
  static final int MAX_BYTES = 384 * 1024;

  /** The maximum number of reads of a row while its detail item is being replaced. */
  private static final int MAX_READS = 5;

  private final DynamoTable table;
  private final ConditionalRowWriter writer;
  private final int subTotals;

  /** A store for cursors, and for rows that are only read or add to no totals. */
  public DynamoViewStore(DynamoDbClient client, String table) {
    this(client, table, 1);
  }

  /**
   * A store for rows that add to totals.
   *
   * @param subTotals the number of items that each total is divided into, by the hash of the
   *     stream. Transactions on the same item conflict, so one takes about 50 to 100 a second. The
   *     number may change at any time: readers sum whatever exists.
   */
  public DynamoViewStore(DynamoDbClient client, String table, int subTotals) {
    this.table = new DynamoTable(client, table);
    this.writer = new ConditionalRowWriter(this.table, Sleeper.real(SecureRandom::new));
    this.subTotals = subTotals;
  }

  private int subTotal(StreamId stream) {
    return Math.floorMod(stream.toString().hashCode(), subTotals);
  }

  /**
   * A stored row.
   *
   * @param item the row's own item, empty if it does not exist
   * @param details its detail items, by the commit with which each was written
   */
  private record DynamoRow(
      Map<String, AttributeValue> item, Map<Long, Map<String, AttributeValue>> details)
      implements StoredRow {

    private static final DynamoRow NONE = new DynamoRow(Map.of(), Map.of());

    private static DynamoRow of(StoredCursor before) {
      return before instanceof DynamoRow row ? row : NONE;
    }

    /** Includes the data, so that a row edited by hand is not overwritten. */
    private PutCondition isUnchanged() {
      if (item.isEmpty()) {
        return PutCondition.isAbsent(CursorItem.STREAM);
      }
      PutCondition unchanged = CursorItem.isAt(commit());
      for (String name : List.of(RowItem.DATA, RowItem.MAIN)) {
        if (item.containsKey(name)) {
          unchanged = unchanged.and(PutCondition.isStill(name, item));
        }
      }
      return parked() ? unchanged : unchanged.and(PutCondition.isAbsent(CursorItem.PARKED));
    }

    private PutCondition cursorIsUnchanged() {
      return item.containsKey(CursorItem.COMMIT)
          ? PutCondition.isStill(CursorItem.COMMIT, item)
          : PutCondition.isAbsent(CursorItem.COMMIT);
    }

    /** False also for a damaged cursor, which is nowhere. */
    private boolean isPast(ParkedPosition position) {
      try {
        return commit() >= position.commit();
      } catch (UnreadableException e) {
        return false;
      }
    }

    @Override
    public @Nullable String data() {
      if (commit() == 0) {
        return null;
      }
      return hasDetail()
          ? new Split(reader().text(RowItem.MAIN), detail()).data()
          : reader().text(RowItem.DATA);
    }

    @Override
    public long commit() {
      return CursorItem.stored(item).commit();
    }

    @Override
    public boolean parked() {
      return CursorItem.stored(item).parked();
    }

    private boolean hasDetail() {
      return item.containsKey(RowItem.DETAIL);
    }

    /** True if the detail item is missing, perhaps because it was replaced during the read. */
    private boolean torn() {
      try {
        return hasDetail() && !details.containsKey(detailWritten());
      } catch (UnreadableException e) {
        return false; // data() reports it
      }
    }

    private long detailWritten() {
      return reader().positive(RowItem.DETAIL);
    }

    private String detail() {
      Map<String, AttributeValue> found = details.get(detailWritten());
      if (found == null) {
        throw new UnreadableException("A row without its detail item");
      }
      return RowItem.fields(found);
    }

    private ItemReader reader() {
      return CursorItem.reader(item);
    }
  }

  @Override
  public StoredRow find(String view, StreamId stream) {
    DynamoRow row = read(view, stream);
    for (int reads = 1; reads < MAX_READS && row.torn(); reads++) {
      row = read(view, stream);
    }
    return row;
  }

  private DynamoRow read(String view, StreamId stream) {
    Map<String, AttributeValue> row = Map.of();
    Map<Long, Map<String, AttributeValue>> details = new TreeMap<>();
    for (Map<String, AttributeValue> item : items(view, stream)) {
      if (RowItem.isDetail(item)) {
        details.put(RowItem.written(item), item);
      } else {
        row = item;
      }
    }
    return new DynamoRow(row, details);
  }

  private List<Map<String, AttributeValue>> items(String view, StreamId stream) {
    return table
        .items(
            query ->
                query
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream AND #view BETWEEN :view AND :end")
                    .expressionAttributeValues(
                        Map.of(
                            ":stream",
                            fromS(stream.toString()),
                            ":view",
                            fromS(view),
                            ":end",
                            fromS(RowItem.end(view)))))
        .toList();
  }

  /**
   * A detail item is written before the row that refers to it and deleted after the last one that
   * did, so a row never refers to a missing one. The next change deletes what a crash leaves over.
   */
  @Override
  public Optional<StoredRow> put(
      String view,
      StreamId stream,
      StoredRow before,
      Row next,
      long commit,
      List<AggregateTotal> adds) {
    DynamoRow old = DynamoRow.of(before);
    DynamoRow row = row(view, stream, old, next, commit);
    requireRoom(row.item);
    Map<String, AttributeValue> detail = row.details.get(commit);
    if (detail != null) {
      requireRoom(detail);
      table.client().putItem(put -> put.tableName(table.name()).item(detail));
    }
    if (!writer.write(row.item, old.isUnchanged(), adds, subTotal(stream))) {
      return Optional.empty();
    }
    old.details.keySet().stream()
        .filter(written -> written < commit) // a later one may be another writer's
        .filter(written -> !row.details.containsKey(written))
        .map(written -> RowItem.detailKey(view, stream, written))
        .forEach(table::delete);
    return Optional.of(row);
  }

  @Override
  public boolean remove(
      String view, StreamId stream, StoredCursor before, List<AggregateTotal> adds) {
    DynamoRow old = DynamoRow.of(before);
    if (!writer.remove(CursorItem.key(view, stream), old.isUnchanged(), adds, subTotal(stream))) {
      return false;
    }
    old.details.keySet().stream()
        .map(written -> RowItem.detailKey(view, stream, written))
        .forEach(table::delete);
    return true;
  }

  /** The row in two items where that makes the next change cheaper, otherwise in one. */
  private static DynamoRow row(String view, StreamId stream, DynamoRow old, Row row, long commit) {
    Map<String, AttributeValue> whole = RowItem.whole(view, stream, row, commit);
    if (units(whole) > 1 && row.listKey() == null && !row.rarelyChanging().isEmpty()) {
      Split split = Split.of(row.data(), row.rarelyChanging());
      boolean reuse = old.hasDetail() && old.detail().equals(split.detail());
      long written = reuse ? old.detailWritten() : commit;
      Map<String, AttributeValue> main = split.mainItem(view, stream, commit, written);
      if (units(main) < units(whole)) {
        Map<String, AttributeValue> detail =
            reuse
                ? Objects.requireNonNull(old.details.get(written))
                : split.detailItem(view, stream, commit);
        return new DynamoRow(main, Map.of(written, detail));
      }
    }
    return new DynamoRow(whole, Map.of());
  }

  private static void requireRoom(Map<String, AttributeValue> item) {
    long bytes = ItemSize.of(item);
    if (bytes > MAX_BYTES) {
      throw new RowTooLargeException(bytes, MAX_BYTES);
    }
  }

  @Override
  public Optional<StoredRow> advance(
      String subscriber, StreamId stream, StoredCursor before, long commit) {
    DynamoRow next = new DynamoRow(CursorItem.at(subscriber, stream, commit), Map.of());
    return writer.write(next.item, DynamoRow.of(before).isUnchanged(), List.of(), 0)
        ? Optional.of(next)
        : Optional.empty();
  }

  @Override
  public void park(ParkedPosition position, String reason, Instant at) {
    DynamoRow row = read(position.subscriber(), position.stream());
    if (row.isPast(position)) {
      return;
    }
    try {
      table
          .client()
          .updateItem(
              update ->
                  ParkedItem.park(update, row.item(), position, reason, at, row.cursorIsUnchanged())
                      .tableName(table.name())
                      .key(CursorItem.key(position.subscriber(), position.stream())));
    } catch (ConditionalCheckFailedException e) {
      // The subscriber has advanced meanwhile.
    }
  }
}
