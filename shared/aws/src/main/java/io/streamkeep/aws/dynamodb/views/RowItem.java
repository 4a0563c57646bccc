package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DeflatedText;
import io.streamkeep.aws.dynamodb.ItemReader;
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
 * A row as one or two items of the views table. Stored format: {@code stream} (S, partition key),
 * {@code view} (S, sort key), {@code commit} (N, the cursor), {@code data} (S, a JSON object), and
 * for a listed row {@code list} and {@code sortKey} (S, the keys of the index).
 *
 * <p>Where that makes the next write cheaper, the view's rarely changing fields are in a detail
 * item. The row's item then has {@code main} instead of {@code data}, in which these fields are
 * null, and {@code detail} (N), the commit with which the detail item was written. The detail item
 * has the sort key {@code view#commit} and a JSON object of these fields, as {@code data} (S) or,
 * where it saves a write unit, as {@code deflated} (B, see {@link DeflatedText}). It is never
 * changed; without a reference to it, it is garbage.
 */
final class RowItem {

  static final String DATA = "data";
  static final String MAIN = "main";
  static final String DETAIL = "detail";
  static final String LIST = "list";
  static final String SORT_KEY = "sortKey";
  private static final String DEFLATED = "deflated";
  private static final String SEPARATOR = "#";

  private RowItem() {}

  static Map<String, AttributeValue> detailKey(String view, StreamId stream, long commit) {
    return CursorItem.key(view + SEPARATOR + commit, stream);
  }

  /** Sorts after a row's items, and before those of views whose names have the same prefix. */
  static String end(String view) {
    return view + SEPARATOR + "\uFFFF";
  }

  /** A row in one item. */
  static Map<String, AttributeValue> whole(String view, StreamId stream, Row row, long commit) {
    Map<String, AttributeValue> item = CursorItem.at(view, stream, commit);
    item.put(DATA, fromS(row.data()));
    ListKey listKey = row.listKey();
    if (listKey != null) {
      item.put(LIST, fromS(listKey.list()));
      item.put(SORT_KEY, fromS(listKey.sortKey()));
    }
    return item;
  }

  /**
   * A row in two parts.
   *
   * @param main the row's object, in which the rarely changing fields are null
   * @param detail an object of the rarely changing fields
   */
  record Split(String main, String detail) {

    static Split of(String data, Set<String> rarelyChanging) {
      JsonObject row = Json.read(data);
      JsonObjectBuilder main = Json.object(row);
      JsonObjectBuilder detail = Json.object();
      for (String name : row.keySet()) {
        if (rarelyChanging.contains(name)) {
          main.addNull(name);
          detail.add(name, row.get(name));
        }
      }
      return new Split(main.build().toString(), detail.build().toString());
    }

    String data() {
      try {
        JsonObjectBuilder row = Json.object(Json.read(main));
        Json.read(detail).forEach(row::add);
        return row.build().toString();
      } catch (JsonException e) {
        throw new UnreadableException("A row in two items is not JSON");
      }
    }

    /** The row's item, with the commit with which its detail item was written. */
    Map<String, AttributeValue> mainItem(String view, StreamId stream, long commit, long written) {
      Map<String, AttributeValue> item = CursorItem.at(view, stream, commit);
      item.put(MAIN, fromS(main));
      item.put(DETAIL, fromN(Long.toString(written)));
      return item;
    }

    Map<String, AttributeValue> detailItem(String view, StreamId stream, long commit) {
      Map<String, AttributeValue> plain = new HashMap<>(detailKey(view, stream, commit));
      plain.put(DATA, fromS(detail));
      Map<String, AttributeValue> deflated = new HashMap<>(detailKey(view, stream, commit));
      deflated.put(
          DEFLATED, fromB(SdkBytes.fromByteArrayUnsafe(DeflatedText.deflate(List.of(detail)))));
      return units(deflated) < units(plain) ? deflated : plain;
    }
  }

  static long units(Map<String, AttributeValue> item) {
    return ItemSize.writeUnits(ItemSize.of(item));
  }

  /** True if an item is a detail item, not the row itself. */
  static boolean isDetail(Map<String, AttributeValue> item) {
    return view(item).contains(SEPARATOR);
  }

  /** The commit with which a detail item was written; -1 if its key has none. */
  static long written(Map<String, AttributeValue> detail) {
    String view = view(detail);
    try {
      return Long.parseLong(view.substring(view.indexOf(SEPARATOR) + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The rarely changing fields in a detail item, as a JSON object. */
  static String fields(Map<String, AttributeValue> detail) {
    ItemReader item = CursorItem.reader(detail);
    if (!item.has(DEFLATED)) {
      return item.text(DATA);
    }
    return DeflatedText.inflate(item.bytes(DEFLATED)).stream()
        .findFirst()
        .orElseThrow(() -> new UnreadableException("A detail item without fields"));
  }

  private static String view(Map<String, AttributeValue> item) {
    return CursorItem.reader(item).text(CursorItem.VIEW);
  }
}
