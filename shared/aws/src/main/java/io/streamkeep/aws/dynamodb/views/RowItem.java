package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DeflatedText;
import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row as one item of the views table, or as two. Stored format: {@code stream} (S, partition
 * key), {@code view} (S, sort key), {@code commit} (N, the cursor), {@code data} (S, a JSON
 * object), and for a row that is listed {@code group} and {@code rank} (S, the keys of the index).
 *
 * <p>Where that makes the next write cheaper, the view's lasting members are in an item of their
 * own. Then there is {@code part} instead of {@code data}, in which they are null, and {@code
 * lasting} (N), the commit with which they were put. Their item has the sort key {@code
 * view#commit} and an object of them, as {@code data} (S) or, where it saves a write unit, as
 * {@code packed} (B, see {@link DeflatedText}). It is never changed; what is no longer referred to
 * is garbage.
 */
final class RowItem {

  static final String DATA = "data";
  static final String PART = "part";
  static final String LASTING = "lasting";
  static final String GROUP = "group";
  static final String RANK = "rank";
  private static final String PACKED = "packed";
  private static final String APART = "#";

  private static final AttributeValue NOTHING = AttributeValue.builder().build();

  private RowItem() {}

  static Map<String, AttributeValue> lastingKey(String view, StreamId stream, long commit) {
    return CursorItem.key(view + APART + commit, stream);
  }

  /** Sorts after a row's items, and before those of views whose names begin alike. */
  static String end(String view) {
    return view + APART + "\uFFFF";
  }

  /** A row in one item. */
  static Map<String, AttributeValue> whole(String view, StreamId stream, Row row, long commit) {
    Map<String, AttributeValue> item = CursorItem.at(view, stream, commit);
    item.put(DATA, fromS(row.data()));
    ListKey listKey = row.listKey();
    if (listKey != null) {
      item.put(GROUP, fromS(listKey.list()));
      item.put(RANK, fromS(listKey.sortKey()));
    }
    return item;
  }

  /**
   * What changes of a row, and what lasts.
   *
   * @param part the row's object with null in the place of what lasts
   * @param lasting an object of what lasts
   */
  record Split(String part, String lasting) {

    static Split of(String data, Set<String> names) {
      JsonObject row = Json.read(data);
      JsonObjectBuilder part = Json.object(row);
      JsonObjectBuilder lasting = Json.object();
      for (String name : row.keySet()) {
        if (names.contains(name)) {
          part.addNull(name);
          lasting.add(name, row.get(name));
        }
      }
      return new Split(part.build().toString(), lasting.build().toString());
    }

    String data() {
      try {
        JsonObjectBuilder row = Json.object(Json.read(part));
        Json.read(lasting).forEach(row::add);
        return row.build().toString();
      } catch (JsonException e) {
        throw new UnreadableException("A row in two parts is no JSON");
      }
    }

    /** The item of what changes; {@code put} is the commit with which the other was put. */
    Map<String, AttributeValue> item(String view, StreamId stream, long commit, long put) {
      Map<String, AttributeValue> item = CursorItem.at(view, stream, commit);
      item.put(PART, fromS(part));
      item.put(LASTING, number(put));
      return item;
    }

    /** The item of what lasts. */
    Map<String, AttributeValue> lastingItem(String view, StreamId stream, long commit) {
      Map<String, AttributeValue> plain = new HashMap<>(lastingKey(view, stream, commit));
      plain.put(DATA, fromS(lasting));
      Map<String, AttributeValue> packed = new HashMap<>(lastingKey(view, stream, commit));
      packed.put(PACKED, fromB(SdkBytes.fromByteArrayUnsafe(DeflatedText.pack(List.of(lasting)))));
      return units(packed) < units(plain) ? packed : plain;
    }
  }

  static long units(Map<String, AttributeValue> item) {
    return ItemSize.writeUnits(ItemSize.of(item));
  }

  /** Whether an item has what lasts of a row, not the row itself. */
  static boolean isLasting(Map<String, AttributeValue> item) {
    return CursorItem.text(item, CursorItem.VIEW).contains(APART);
  }

  /** The commit with which an item of what lasts was put; -1 if it was not put by this. */
  static long put(Map<String, AttributeValue> item) {
    String view = CursorItem.text(item, CursorItem.VIEW);
    try {
      return Long.parseLong(view.substring(view.indexOf(APART) + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static String lasting(Map<String, AttributeValue> item) {
    SdkBytes packed = item.getOrDefault(PACKED, NOTHING).b();
    return packed == null
        ? CursorItem.text(item, DATA)
        : DeflatedText.unpack(packed.asByteArrayUnsafe()).getFirst();
  }

  private static AttributeValue number(long value) {
    return fromN(Long.toString(value));
  }
}
