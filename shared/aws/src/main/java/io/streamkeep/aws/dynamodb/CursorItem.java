package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A subscriber's cursor in a stream as an item of the views table. Stored format: {@code stream}
 * (S, partition key), {@code view} (S, sort key, the subscriber), {@code commit} (N, the last one
 * applied). The item of a view also holds its row.
 */
public final class CursorItem {

  public static final String STREAM = "stream";
  public static final String VIEW = "view";
  public static final String COMMIT = "commit";

  /** An item with this attribute is parked. */
  public static final String PARKED = "parked";

  private CursorItem() {}

  public static Map<String, AttributeValue> key(String subscriber, StreamId stream) {
    return Map.of(STREAM, fromS(stream.toString()), VIEW, fromS(subscriber));
  }

  /** A cursor at a commit, as an item to which attributes can be added. */
  public static Map<String, AttributeValue> at(String subscriber, StreamId stream, long commit) {
    Map<String, AttributeValue> item = new HashMap<>(key(subscriber, stream));
    item.put(COMMIT, fromN(Long.toString(commit)));
    return item;
  }

  /** Holds while the cursor is at a commit; 0 if there is no cursor. */
  public static PutCondition isAt(long commit) {
    return PutCondition.isStill(COMMIT, commit);
  }

  /** The cursor in an item, which may be damaged; at 0 if there is none. */
  public static StoredCursor stored(Map<String, AttributeValue> item) {
    return new Stored(item);
  }

  private record Stored(Map<String, AttributeValue> item) implements StoredCursor {

    @Override
    public long commit() {
      boolean none = item.isEmpty() || (parked() && !item.containsKey(COMMIT));
      return none ? 0 : reader(item).positive(COMMIT);
    }

    @Override
    public boolean parked() {
      return item.containsKey(PARKED);
    }
  }

  public static ItemReader reader(Map<String, AttributeValue> item) {
    return new ItemReader("row", item);
  }
}
