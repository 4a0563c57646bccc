package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.reconcile.Cycle;
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
final class CycleItem {

  static final String WRITES = "writes";
  private static final String KEY = "reconciler";
  private static final String VIEW = "#cycle";
  private static final int VERSION = 1;
  private static final String SCHEMA = "schema";
  private static final String START = "start";
  private static final String PREVIOUS = "previous";
  private static final String PLACE = "place";

  private CycleItem() {}

  static Map<String, AttributeValue> key() {
    return Map.of(RowItem.STREAM, fromS(KEY), RowItem.VIEW, fromS(VIEW));
  }

  static Map<String, AttributeValue> write(Cycle cycle, long writes) {
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
  static Cycle read(Map<String, AttributeValue> item) {
    if (RowItem.number(item, SCHEMA) != VERSION) {
      throw new UnreadableException("The reconciler's place is of another version");
    }
    try {
      return new Cycle(
          Instant.parse(RowItem.text(item, START)),
          item.containsKey(PREVIOUS) ? Instant.parse(RowItem.text(item, PREVIOUS)) : null,
          item.containsKey(PLACE) ? RowItem.text(item, PLACE) : null);
    } catch (DateTimeException e) {
      throw new UnreadableException("The reconciler's place has no times");
    }
  }

  static long writes(Map<String, AttributeValue> item) {
    return RowItem.number(item, WRITES);
  }
}
