package io.streamkeep.retail;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An order as the API answered it: the commit is its ETag, money is in minor units, and returned
 * has, by line number, what came back of the lines of which anything did.
 */
record OrderView(
    String id,
    long commit,
    String status,
    String currency,
    long total,
    long refunded,
    SortedMap<Integer, Long> returned) {

  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

  OrderView {
    returned = Collections.unmodifiableSortedMap(new TreeMap<>(returned));
  }

  static OrderView of(HttpResponse<String> answer) throws BadAnswerException {
    JsonObject order = StrictJson.object(StrictJson.parse(answer.body()));
    return new OrderView(
        StrictJson.text(order, "id"),
        commit(answer),
        StrictJson.text(order, "status"),
        StrictJson.text(order, "currency"),
        StrictJson.number(order, "total"),
        StrictJson.number(order, "refunded"),
        returned(order));
  }

  private static long commit(HttpResponse<String> answer) throws BadAnswerException {
    String etag = answer.headers().firstValue("ETag").orElse("none");
    Matcher commit = ETAG.matcher(etag);
    if (!commit.matches()) {
      throw new BadAnswerException("an ETag that is no commit: " + etag);
    }
    return Long.parseLong(commit.group(1));
  }

  private static SortedMap<Integer, Long> returned(JsonObject order) throws BadAnswerException {
    SortedMap<Integer, Long> returned = new TreeMap<>();
    for (JsonObject line : StrictJson.objects(order.get("lines"))) {
      long quantity = StrictJson.number(line, "returned");
      if (quantity != 0) {
        returned.put(Math.toIntExact(StrictJson.number(line, "line")), quantity);
      }
    }
    return returned;
  }
}
