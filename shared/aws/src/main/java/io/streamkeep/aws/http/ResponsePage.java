package io.streamkeep.aws.http;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The items of a page that one response can carry, as JSON. A page that is cut continues after its
 * last item, like any other.
 *
 * @param items those that fit; at least one, if there are any
 * @param json the elements that were written for them
 * @param cut true if not all items fit
 */
public record ResponsePage<T>(List<T> items, JsonArray json, boolean cut) {

  /**
   * Lower than Lambda's limit of 6 MB, which leaves room for headers and what surrounds the
   * elements.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>, invocation payload
   */
  static final int MAX_BYTES = 5 * 1024 * 1024;

  /**
   * Writes items until the response is full.
   *
   * @param write returns an item's elements, of which there may be none or several
   */
  public static <T> ResponsePage<T> of(List<T> items, Function<T, JsonArray> write) {
    List<T> fitting = new ArrayList<>();
    JsonArrayBuilder json = Json.array();
    long bytes = 0;
    for (T item : items) {
      JsonArray elements = write.apply(item);
      bytes += bytesInResponse(elements.toString());
      if (bytes > MAX_BYTES && !fitting.isEmpty()) {
        return new ResponsePage<>(fitting, json.build(), true);
      }
      fitting.add(item);
      elements.forEach(json::add);
    }
    return new ResponsePage<>(fitting, json.build(), false);
  }

  /** The size of JSON inside a string, since a function returns the body as one: escaped UTF-8. */
  private static long bytesInResponse(String json) {
    return json.codePoints().mapToLong(ResponsePage::bytesInResponse).sum();
  }

  private static long bytesInResponse(int character) {
    if (character == '"' || character == '\\') {
      return 2;
    }
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return Character.isBmpCodePoint(character) ? 3 : 4;
  }
}
