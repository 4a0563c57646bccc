package io.streamkeep.aws.dynamodb.scan;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How far the reconciler has come, as an item of the views table under a key that is no stream's
 * and no view's. Stored format, version {@value #VERSION}: {@code stream} (S, {@value #KEY}),
 * {@code view} (S, {@value #VIEW}), {@code schema} (N, the version), {@code writes} (N, how often
 * it was written), {@code start} (S, ISO 8601), {@code previous} (S, the same, not in the first
 * cycle), {@code place} (S, not at a cycle's beginning).
 */
final class ScanCheckpointItem {

  static final String WRITES = "writes";
  private static final String KEY = "reconciler";
  private static final String VIEW = "#cycle";
  private static final int VERSION = 1;
  private static final String SCHEMA = "schema";
  private static final String START = "start";
  private static final String PREVIOUS = "previous";
  private static final String PLACE = "place";

  private ScanCheckpointItem() {}

  static Map<String, AttributeValue> key() {
    return Map.of(CursorItem.STREAM, fromS(KEY), CursorItem.VIEW, fromS(VIEW));
  }

  static Map<String, AttributeValue> write(ScanCycle cycle, long writes) {
    Map<String, AttributeValue> item = new HashMap<>(key());
    item.put(SCHEMA, fromN(Integer.toString(VERSION)));
    item.put(WRITES, fromN(Long.toString(writes)));
    item.put(START, fromS(cycle.start().toString()));
    put(item, PREVIOUS, cycle.previous());
    put(item, PLACE, cycle.place());
    return item;
  }

  private static void put(Map<String, AttributeValue> item, String name, @Nullable Object value) {
    if (value != null) {
      item.put(name, fromS(value.toString()));
    }
  }

  /** Throws {@link UnreadableException} for what was not written so. */
  static ScanCycle read(Map<String, AttributeValue> item) {
    if (CursorItem.number(item, SCHEMA) != VERSION) {
      throw new UnreadableException("The reconciler's place is of another version");
    }
    try {
      return new ScanCycle(
          Instant.parse(CursorItem.text(item, START)),
          item.containsKey(PREVIOUS) ? Instant.parse(CursorItem.text(item, PREVIOUS)) : null,
          item.containsKey(PLACE) ? CursorItem.text(item, PLACE) : null);
    } catch (DateTimeException e) {
      throw new UnreadableException("The reconciler's place has no times");
    }
  }

  static long writes(Map<String, AttributeValue> item) {
    return CursorItem.number(item, WRITES);
  }
}
