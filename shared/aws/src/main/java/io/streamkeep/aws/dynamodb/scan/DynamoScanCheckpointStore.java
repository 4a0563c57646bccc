package io.streamkeep.aws.dynamodb.scan;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.reconcile.ScanCycle.SeenMarker;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The reconciler's checkpoint as an item of the views table. A restore of the table to an earlier
 * time restores the checkpoint too, so whatever the views then lack is compared again. A new
 * generation of the feed has no checkpoint at first, so everything is compared, which fills it.
 *
 * <p>Stored format, version {@value #VERSION}, under a key that can't be a stream's or a view's:
 * {@code stream} (S, {@value #KEY}), {@code view} (S, {@value #VIEW} and the generation), {@code
 * schema} (N, the version), {@code writes} (N, the number of writes so far), {@code start} (S, ISO
 * 8601), {@code previous} (S, the same, absent in the first cycle), {@code position} (S, absent at
 * the start of a cycle), {@code marker} (S, the change marker) and {@code markerSince} (S, ISO
 * 8601), both absent if none is known.
 */
public final class DynamoScanCheckpointStore implements ScanCheckpointStore {

  private static final String KEY = "reconciler";
  private static final String VIEW = "#cycle/";
  private static final String AUDIT = "#audit/";
  private static final int VERSION = 1;
  private static final String SCHEMA = "schema";
  private static final String WRITES = "writes";
  private static final String START = "start";
  private static final String PREVIOUS = "previous";
  private static final String POSITION = "position";
  private static final String MARKER = "marker";
  private static final String MARKER_SINCE = "markerSince";

  private final DynamoTable table;
  private final String view;

  private DynamoScanCheckpointStore(DynamoDbClient client, String table, String view) {
    this.table = new DynamoTable(client, table);
    this.view = view;
  }

  /**
   * Uses an existing table.
   *
   * @param generation the generation of the feed
   */
  public DynamoScanCheckpointStore(DynamoDbClient client, String table, int generation) {
    this(client, table, VIEW + generation);
  }

  /** The checkpoint of the audit of cursors, stored in the same way under another key. */
  public static DynamoScanCheckpointStore ofAudit(
      DynamoDbClient client, String table, int generation) {
    return new DynamoScanCheckpointStore(client, table, AUDIT + generation);
  }

  @Override
  public Checkpoint find(Instant now) {
    Map<String, AttributeValue> item = table.get(key(view));
    return item.isEmpty() ? new Checkpoint(ScanCycle.first(now), 0) : read(item);
  }

  @Override
  public boolean put(Checkpoint before, ScanCycle next) {
    return table.put(
        write(view, next, before.writes() + 1), PutCondition.isStill(WRITES, before.writes()));
  }

  private static Map<String, AttributeValue> key(String view) {
    return Map.of(CursorItem.STREAM, fromS(KEY), CursorItem.VIEW, fromS(view));
  }

  static Map<String, AttributeValue> write(String view, ScanCycle cycle, long writes) {
    Map<String, AttributeValue> item = new HashMap<>(key(view));
    item.put(SCHEMA, fromN(Integer.toString(VERSION)));
    item.put(WRITES, fromN(Long.toString(writes)));
    item.put(START, fromS(cycle.start().toString()));
    putUnlessNull(item, PREVIOUS, cycle.previous());
    putUnlessNull(item, POSITION, cycle.position());
    SeenMarker marker = cycle.marker();
    if (marker != null) {
      item.put(MARKER, fromS(marker.value()));
      item.put(MARKER_SINCE, fromS(marker.since().toString()));
    }
    return item;
  }

  private static void putUnlessNull(
      Map<String, AttributeValue> item, String name, @Nullable Object value) {
    if (value != null) {
      item.put(name, fromS(value.toString()));
    }
  }

  static Checkpoint read(Map<String, AttributeValue> attributes) {
    ItemReader item = new ItemReader("reconciler's checkpoint", attributes);
    if (item.number(SCHEMA) != VERSION) {
      throw new UnreadableException("The reconciler's checkpoint has another version");
    }
    try {
      ScanCycle cycle =
          new ScanCycle(
              Instant.parse(item.text(START)),
              item.optionalText(PREVIOUS).map(Instant::parse).orElse(null),
              item.optionalText(POSITION).orElse(null),
              item.optionalText(MARKER)
                  .map(value -> new SeenMarker(value, Instant.parse(item.text(MARKER_SINCE))))
                  .orElse(null));
      return new Checkpoint(cycle, item.number(WRITES));
    } catch (DateTimeException e) {
      throw new UnreadableException("The reconciler's checkpoint has invalid times");
    }
  }
}
