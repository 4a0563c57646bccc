package io.streamkeep.importer;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An order as the API returns it; money in minor units.
 *
 * @param commit the number in its ETag
 * @param returned line number → returned quantity, for lines of which anything was returned
 */
record OrderState(
    String id,
    long commit,
    String status,
    String currency,
    long total,
    long refunded,
    SortedMap<Integer, Long> returned) {

  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

  static OrderState of(HttpResponse<String> response) throws ResponseException {
    Matcher commit = ETAG.matcher(response.headers().firstValue("ETag").orElse("none"));
    if (!commit.matches()) {
      throw new ResponseException("no ETag of a commit: " + RetryingHttpClient.describe(response));
    }
    return RetryingHttpClient.read(
        response,
        json -> {
          JsonObject order = json.asJsonObject();
          return new OrderState(
              order.getString("id"),
              Long.parseLong(commit.group(1)),
              order.getString("status"),
              order.getString("currency"),
              order.getJsonNumber("total").longValueExact(),
              order.getJsonNumber("refunded").longValueExact(),
              returned(order));
        });
  }

  private static SortedMap<Integer, Long> returned(JsonObject order) {
    SortedMap<Integer, Long> returned = new TreeMap<>();
    for (JsonObject line : order.getJsonArray("lines").getValuesAs(JsonObject.class)) {
      long quantity = line.getJsonNumber("returned").longValueExact();
      if (quantity != 0) {
        returned.put(line.getJsonNumber("line").intValueExact(), quantity);
      }
    }
    return returned;
  }
}
