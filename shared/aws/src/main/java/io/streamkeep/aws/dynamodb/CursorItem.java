package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A subscriber's cursor in a stream as an item of the views table. Stored format: {@code stream}
 * (S, partition key), {@code view} (S, sort key, the subscriber), {@code commit} (N, the last one
 * applied). The item of a view holds its row as well.
 */
public final class CursorItem {

  public static final String STREAM = "stream";
  public static final String VIEW = "view";
  public static final String COMMIT = "commit";

  private static final AttributeValue ABSENT = AttributeValue.builder().build();

  private CursorItem() {}

  public static Map<String, AttributeValue> key(String subscriber, StreamId stream) {
    return Map.of(STREAM, fromS(stream.toString()), VIEW, fromS(subscriber));
  }

  /** A cursor at a commit, as an item that can be added to. */
  public static Map<String, AttributeValue> at(String subscriber, StreamId stream, long commit) {
    Map<String, AttributeValue> item = new HashMap<>(key(subscriber, stream));
    item.put(COMMIT, fromN(Long.toString(commit)));
    return item;
  }

  /** Holds while the cursor is where it was found; 0 if there was none. */
  public static PutCondition unmoved(long commit) {
    return PutCondition.stillAt(COMMIT, commit);
  }

  /** Throws {@link UnreadableException} if the item has no such text. */
  public static String text(Map<String, AttributeValue> item, String name) {
    String text = item.getOrDefault(name, ABSENT).s();
    if (text == null) {
      throw new UnreadableException("A row without " + name);
    }
    return text;
  }

  /** Throws {@link UnreadableException} if the item has no such number. */
  public static long number(Map<String, AttributeValue> item, String name) {
    String number = item.getOrDefault(name, ABSENT).n();
    if (number == null) {
      throw new UnreadableException("A row without " + name);
    }
    return Long.parseLong(number);
  }
}
