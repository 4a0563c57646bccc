package io.streamkeep.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The API's commands and queries of orders. Idempotency keys derive from invoice numbers, so that a
 * rerun repeats the commands of the first.
 */
final class OrdersClient {

  /** The types of an order's events and the number of its newest commit. */
  record History(Set<String> types, long newest) {

    boolean hasTypeLike(String part) {
      return types.stream().anyMatch(type -> type.contains(part));
    }
  }

  /** An order in its customer's list. */
  record ListedOrder(String status, long total, long refunded) {

    private static ListedOrder of(JsonObject order) {
      return new ListedOrder(
          order.getString("status"),
          order.getJsonNumber("total").longValueExact(),
          order.getJsonNumber("refunded").longValueExact());
    }
  }

  private record Event(String type, long commit) {

    private static Event of(JsonObject event) {
      return new Event(event.getString("type"), event.getJsonNumber("commit").longValueExact());
    }
  }

  private interface PageReader {
    /** The URI of the next page, if there is one. */
    Optional<String> read(HttpResponse<String> page) throws ResponseException;
  }

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  private final RetryingHttpClient http;
  private final String orders;
  private final String customers;

  OrdersClient(RetryingHttpClient http, String endpoint) {
    this.http = http;
    this.orders = endpoint + "/orders";
    this.customers = endpoint + "/customers/";
  }

  OrderState place(ParsedInvoice.Order order) throws IOException, InterruptedException {
    return command("", order.invoice() + "-place", placeBody(order));
  }

  OrderState confirm(String id, String invoice) throws IOException, InterruptedException {
    return command("/" + id + "/confirmation", invoice + "-confirm", JsonValue.EMPTY_JSON_OBJECT);
  }

  OrderState complete(String id, String invoice) throws IOException, InterruptedException {
    return command("/" + id + "/completion", invoice + "-complete", JsonValue.EMPTY_JSON_OBJECT);
  }

  OrderState returnLines(String id, String invoice, ImportPlan.ReturnPart part)
      throws IOException, InterruptedException {
    JsonArrayBuilder lines = Json.createArrayBuilder();
    part.lines()
        .forEach(
            (line, quantity) ->
                lines.add(Json.createObjectBuilder().add("line", line).add("quantity", quantity)));
    JsonObject body = Json.createObjectBuilder().add("lines", lines).build();
    return command("/" + id + "/returns", invoice + "-return-" + part.order(), body);
  }

  static JsonObject placeBody(ParsedInvoice.Order order) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    if (order.customer() != null) {
      body.add("customer", order.customer());
    }
    if (order.country() != null) {
      body.add("country", order.country());
    }
    JsonArrayBuilder lines = Json.createArrayBuilder();
    for (ParsedInvoice.Line line : order.lines()) {
      lines.add(
          Json.createObjectBuilder()
              .add("sku", line.sku())
              .add("description", line.description())
              .add("quantity", line.quantity())
              .add("unitPrice", line.unitPrice()));
    }
    return body.add("currency", order.currency()).add("lines", lines).build();
  }

  private OrderState command(String path, String key, JsonObject body)
      throws IOException, InterruptedException {
    URI uri = URI.create(orders + path);
    HttpRequest request = RetryingHttpClient.command("POST", uri, "retail-" + key, body.toString());
    return OrderState.of(requireSuccess(http.send(request)));
  }

  /** The order's view, if it exists yet. */
  Optional<OrderState> view(String id) throws IOException, InterruptedException {
    HttpResponse<String> response = get(orders + "/" + id);
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(OrderState.of(requireSuccess(response)));
  }

  History history(String id) throws IOException, InterruptedException {
    List<Event> events = new ArrayList<>();
    readPages(
        orders + "/" + id + "/events?limit=100",
        page -> {
          events.addAll(
              RetryingHttpClient.read(
                  page, json -> json.asJsonArray().getValuesAs((JsonObject e) -> Event.of(e))));
          return page.headers().allValues("Link").stream()
              .map(NEXT::matcher)
              .filter(Matcher::find)
              .map(link -> page.uri().resolve(link.group(1)).toString())
              .findFirst();
        });
    return new History(
        events.stream().map(Event::type).collect(Collectors.toSet()),
        events.stream().mapToLong(Event::commit).max().orElse(0));
  }

  /** Every order in a customer's list, by id. */
  Map<String, ListedOrder> ordersOf(String customer) throws IOException, InterruptedException {
    String list = customers + encode(customer) + "/orders?limit=100";
    Map<String, ListedOrder> listed = new HashMap<>();
    readPages(
        list,
        page ->
            RetryingHttpClient.read(
                page,
                json -> {
                  JsonObject body = json.asJsonObject();
                  for (JsonObject order :
                      body.getJsonArray("orders").getValuesAs(JsonObject.class)) {
                    listed.put(order.getString("id"), ListedOrder.of(order));
                  }
                  return Optional.ofNullable(body.getString("next", null))
                      .map(cursor -> list + "&cursor=" + encode(cursor));
                }));
    return listed;
  }

  private void readPages(String first, PageReader reader) throws IOException, InterruptedException {
    Set<String> read = new HashSet<>();
    Optional<String> next = Optional.of(first);
    while (next.isPresent()) {
      if (!read.add(next.get())) {
        throw new ResponseException("a page that leads back to itself: " + next.get());
      }
      next = reader.read(requireSuccess(get(next.get())));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return http.send(RetryingHttpClient.request(URI.create(uri)).build());
  }

  private static HttpResponse<String> requireSuccess(HttpResponse<String> response)
      throws ResponseException {
    if (response.statusCode() >= 300) {
      throw ResponseException.of(response);
    }
    return response;
  }
}
