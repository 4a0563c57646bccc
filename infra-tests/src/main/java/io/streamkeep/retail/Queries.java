package io.streamkeep.retail;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the API's queries, page after page; any answer but the expected one is a bad answer. */
final class Queries {

  /** The history of an order in the event store: the types of its events and its newest commit. */
  record History(Set<String> types, long newest) {

    History {
      types = Set.copyOf(types);
    }

    private History and(HttpResponse<String> page) throws BadAnswerException {
      Set<String> more = new HashSet<>(types);
      long last = newest;
      for (JsonObject event : StrictJson.objects(batch(page))) {
        more.add(StrictJson.text(event, "type"));
        last = Math.max(last, StrictJson.number(event, "commit"));
      }
      return new History(more, last);
    }
  }

  /** An order in its customer's list, money in minor units. */
  record Listed(String status, long total, long refunded) {}

  private static final String PAGE = "limit=100";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Http http;
  private final String endpoint;

  Queries(Http http, String endpoint) {
    this.http = http;
    this.endpoint = endpoint;
  }

  /** The order's view, if there is one yet. */
  Optional<OrderView> view(String id)
      throws BadAnswerException, GaveUpException, InterruptedException {
    HttpResponse<String> answer = get(URI.create(endpoint + "/orders/" + id));
    return answer.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(OrderView.of(expectOk(answer)));
  }

  History history(String id) throws BadAnswerException, GaveUpException, InterruptedException {
    History history = new History(Set.of(), 0);
    Optional<URI> page = Optional.of(URI.create(endpoint + "/orders/" + id + "/events?" + PAGE));
    while (page.isPresent()) {
      HttpResponse<String> answer = expectOk(get(page.get()));
      History further = history.and(answer);
      page = next(answer);
      if (page.isPresent() && further.newest() == history.newest()) {
        throw new BadAnswerException("a page of history that leads nowhere: " + page.get());
      }
      history = further;
    }
    return history;
  }

  private static JsonValue batch(HttpResponse<String> answer) throws BadAnswerException {
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    if (!type.startsWith(BATCH)) {
      throw new BadAnswerException("history of type " + type + " instead of " + BATCH);
    }
    return StrictJson.parse(answer.body());
  }

  private static Optional<URI> next(HttpResponse<String> answer) {
    return answer.headers().allValues("Link").stream()
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(link -> answer.uri().resolve(link.group(1)))
        .findFirst();
  }

  /** All orders in the customer's list, by their ids. */
  Map<String, Listed> ordersOf(String customer)
      throws BadAnswerException, GaveUpException, InterruptedException {
    String list = endpoint + "/customers/" + encode(customer) + "/orders?" + PAGE;
    Map<String, Listed> orders = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Optional<String> page = Optional.of(list);
    while (page.isPresent()) {
      if (!seen.add(page.get())) {
        throw new BadAnswerException("a page of orders that leads back to itself: " + page.get());
      }
      JsonObject answer =
          StrictJson.object(StrictJson.parse(expectOk(get(URI.create(page.get()))).body()));
      orders.putAll(listed(StrictJson.objects(answer.get("orders"))));
      page = StrictJson.maybeText(answer, "next").map(next -> list + "&cursor=" + encode(next));
    }
    return orders;
  }

  private static Map<String, Listed> listed(List<JsonObject> orders) throws BadAnswerException {
    Map<String, Listed> listed = new HashMap<>();
    for (JsonObject order : orders) {
      listed.put(StrictJson.text(order, "id"), listed(order));
    }
    return listed;
  }

  private static Listed listed(JsonObject order) throws BadAnswerException {
    return new Listed(
        StrictJson.text(order, "status"),
        StrictJson.number(order, "total"),
        StrictJson.number(order, "refunded"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> get(URI uri) throws GaveUpException, InterruptedException {
    return http.send(Http.request(uri).build());
  }

  private static HttpResponse<String> expectOk(HttpResponse<String> answer)
      throws BadAnswerException {
    if (answer.statusCode() != OK) {
      throw new BadAnswerException(Http.describe(answer));
    }
    return answer;
  }
}
