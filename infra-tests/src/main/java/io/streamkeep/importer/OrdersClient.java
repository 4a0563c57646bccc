package io.streamkeep.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.api.RetryingHttpClient;
import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.order.CustomerOrdersView.Summary;
import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.OrderView.OrderRow;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends the API's commands and queries of orders. Idempotency keys derive from invoice numbers, so
 * that a rerun repeats the commands of the first run.
 */
final class OrdersClient {

  /** A response with an order and the number of the commit that it reflects. */
  record Answer(OrderRow order, long commit) {}

  /** The types of an order's events and the number of its newest commit. */
  record History(Set<String> types, long newest) {

    boolean hasTypeLike(String part) {
      return types.stream().anyMatch(type -> type.contains(part));
    }
  }

  /** Reads a response; may throw any unchecked exception if it violates the API's contract. */
  private interface ResponseReader<T> {
    T read(HttpResponse<String> response);
  }

  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  private final RetryingHttpClient http;
  private final String orders;
  private final String customers;

  OrdersClient(RetryingHttpClient http, String endpoint) {
    this.http = http;
    this.orders = endpoint + "/orders";
    this.customers = endpoint + "/customers/";
  }

  Answer place(ParsedInvoice.Order order) throws IOException, InterruptedException {
    return command("", order.invoice() + "-place", placeBody(order));
  }

  Answer confirm(String id, String invoice) throws IOException, InterruptedException {
    return command("/" + id + "/confirmation", invoice + "-confirm", JsonValue.EMPTY_JSON_OBJECT);
  }

  Answer complete(String id, String invoice) throws IOException, InterruptedException {
    return command("/" + id + "/completion", invoice + "-complete", JsonValue.EMPTY_JSON_OBJECT);
  }

  Answer returnLines(String id, String invoice, ImportPlan.ReturnPart part)
      throws IOException, InterruptedException {
    JsonArrayBuilder lines = Json.array();
    part.lines()
        .forEach(
            (line, quantity) ->
                lines.add(Json.object().add("line", line).add("quantity", quantity)));
    JsonObject body = Json.object().add("lines", lines).build();
    return command("/" + id + "/returns", invoice + "-return-" + part.order(), body);
  }

  static JsonObject placeBody(ParsedInvoice.Order order) {
    JsonObjectBuilder body = Json.object();
    if (order.customer() != null) {
      body.add("customer", order.customer());
    }
    if (order.country() != null) {
      body.add("country", order.country());
    }
    JsonArrayBuilder lines = Json.array();
    for (Line line : order.lines()) {
      lines.add(
          Json.object()
              .add("sku", line.sku())
              .add("description", line.description())
              .add("quantity", line.quantity())
              .add("unitPrice", line.unitPrice()));
    }
    return body.add("currency", order.currency()).add("lines", lines).build();
  }

  private Answer command(String path, String key, JsonObject body)
      throws IOException, InterruptedException {
    URI uri = URI.create(orders + path);
    HttpResponse<String> response =
        http.send(RetryingHttpClient.command("POST", uri, "retail-" + key, body.toString()));
    return read(response, OrdersClient::answer);
  }

  /** The order's view, if it exists yet. */
  Optional<Answer> view(String id) throws IOException, InterruptedException {
    HttpResponse<String> response = get(orders + "/" + id);
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(read(response, OrdersClient::answer));
  }

  private static Answer answer(HttpResponse<String> response) {
    Matcher commit = ETAG.matcher(response.headers().firstValue("ETag").orElse("none"));
    if (!commit.matches()) {
      throw new IllegalArgumentException("the ETag is missing or names no commit");
    }
    return new Answer(
        CompletedOrder.VIEW.codec().decode(response.body()), Long.parseLong(commit.group(1)));
  }

  History history(String id) throws IOException, InterruptedException {
    Map<String, Long> newest = new HashMap<>();
    readPages(
        orders + "/" + id + "/events?limit=100",
        page -> {
          for (JsonObject event : events(page.body()).getValuesAs(JsonObject.class)) {
            long commit = event.getJsonNumber("commit").longValueExact();
            newest.merge(event.getString("type"), commit, Math::max);
          }
          return page.headers().allValues("Link").stream()
              .map(NEXT::matcher)
              .filter(Matcher::find)
              .map(link -> page.uri().resolve(link.group(1)).toString())
              .findFirst();
        });
    return new History(
        newest.keySet(), newest.values().stream().mapToLong(Long::longValue).max().orElse(0));
  }

  private static JsonArray events(String body) {
    try (JsonReader reader = StrictJson.provider().createReader(new StringReader(body))) {
      return reader.readArray();
    }
  }

  /** Every order in a customer's list, by id. */
  Map<String, Summary> ordersOf(String customer) throws IOException, InterruptedException {
    String list = customers + encode(customer) + "/orders?limit=100";
    Map<String, Summary> listed = new HashMap<>();
    readPages(
        list,
        page -> {
          JsonObject body = Json.read(page.body());
          for (JsonObject order : body.getJsonArray("orders").getValuesAs(JsonObject.class)) {
            Summary summary = CompletedOrder.LIST.codec().decode(order.toString());
            listed.put(summary.id(), summary);
          }
          return Optional.ofNullable(body.getString("next", null))
              .map(cursor -> list + "&cursor=" + encode(cursor));
        });
    return listed;
  }

  /** Reads all pages; each may have the URI of the next one. */
  private void readPages(String first, ResponseReader<Optional<String>> reader)
      throws IOException, InterruptedException {
    Set<String> read = new HashSet<>();
    Optional<String> next = Optional.of(first);
    while (next.isPresent()) {
      if (!read.add(next.get())) {
        throw new ResponseException("a page links to itself: " + next.get());
      }
      next = read(get(next.get()), reader);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return http.send(RetryingHttpClient.request(URI.create(uri)).build());
  }

  private static <T> T read(HttpResponse<String> response, ResponseReader<T> reader)
      throws ResponseException {
    if (response.statusCode() >= 300) {
      throw ResponseException.of(response);
    }
    try {
      return reader.read(response);
    } catch (RuntimeException e) { // JSON-P throws a different one for each kind of mismatch
      throw new ResponseException(RetryingHttpClient.describe(response) + ": " + e);
    }
  }
}
