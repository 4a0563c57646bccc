package io.streamkeep.retail;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;

/**
 * Sends the API's commands; each key follows from invoice numbers only, so that a rerun repeats.
 */
final class Commands {

  private static final Set<Integer> ACCEPTED = Set.of(200, 201);
  private static final Set<Integer> REFUSED = Set.of(400, 409, 413, 422);

  // A 409 that says nothing of the invoice: another writer was faster, next time it may work.
  private static final String CONTENDED = "contended";
  private static final JsonObject NOTHING = JsonObject.EMPTY_JSON_OBJECT;

  private final Http http;
  private final String endpoint;

  Commands(Http http, String endpoint) {
    this.http = http;
    this.endpoint = endpoint;
  }

  Answer place(Draft.Order order) throws GaveUpException, InterruptedException {
    return send(post("", order.invoice() + "-place", body(order)));
  }

  Answer confirm(Draft.Order order, String id) throws GaveUpException, InterruptedException {
    return send(post("/" + id + "/confirmation", order.invoice() + "-confirm", NOTHING));
  }

  Answer complete(Draft.Order order, String id) throws GaveUpException, InterruptedException {
    return send(post("/" + id + "/completion", order.invoice() + "-complete", NOTHING));
  }

  Answer takeBack(String invoice, PlannedReturn.Hit hit, String id)
      throws GaveUpException, InterruptedException {
    return send(post("/" + id + "/returns", invoice + "-return-" + hit.order(), body(hit)));
  }

  static JsonObject body(Draft.Order order) {
    JsonArrayBuilder lines = Json.createArrayBuilder();
    for (Draft.Line line : order.lines()) {
      lines.add(
          Json.createObjectBuilder()
              .add("sku", line.sku())
              .add("description", line.description())
              .add("quantity", line.quantity())
              .add("unitPrice", line.unitPrice()));
    }
    JsonObjectBuilder body = Json.createObjectBuilder();
    if (order.customer() != null) {
      body.add("customer", order.customer());
    }
    if (order.country() != null) {
      body.add("country", order.country());
    }
    return body.add("currency", order.currency()).add("lines", lines).build();
  }

  private static JsonObject body(PlannedReturn.Hit hit) {
    JsonArrayBuilder lines = Json.createArrayBuilder();
    hit.lines()
        .forEach(
            (line, quantity) ->
                lines.add(Json.createObjectBuilder().add("line", line).add("quantity", quantity)));
    return Json.createObjectBuilder().add("lines", lines).build();
  }

  private HttpRequest post(String path, String key, JsonObject body) {
    return Http.request(URI.create(endpoint + "/orders" + path))
        .header("Idempotency-Key", "retail-" + key)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private Answer send(HttpRequest request) throws GaveUpException, InterruptedException {
    HttpResponse<String> answer = http.send(request);
    try {
      if (ACCEPTED.contains(answer.statusCode())) {
        return new Answer.Accepted(OrderView.of(answer));
      }
      return REFUSED.contains(answer.statusCode())
          ? refused(answer)
          : new Answer.Broken(Http.describe(answer));
    } catch (BadAnswerException e) {
      return new Answer.Broken(Http.describe(answer) + ": " + e.getMessage());
    }
  }

  private static Answer refused(HttpResponse<String> answer) throws BadAnswerException {
    JsonObject problem = StrictJson.object(StrictJson.parse(answer.body()));
    String code =
        StrictJson.maybeText(problem, "code").orElse(Integer.toString(answer.statusCode()));
    if (code.equals(CONTENDED)) {
      return new Answer.Broken(Http.describe(answer));
    }
    String said = StrictJson.maybeText(problem, "detail").orElse("");
    return new Answer.Refused(code, said.isEmpty() ? StrictJson.text(problem, "title") : said);
  }
}
