package io.streamkeep.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.e2e.Api.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders as a client sees them, from HTTP to history. */
final class OrdersTest {

  @RegisterExtension static final Deployed DEPLOYED = new Deployed();

  private final Api api = DEPLOYED.api();

  @Test
  void anOrderIsPlaced() {
    Answer placed = api.post("/orders", Api.order("14479", Api.LINE, Api.LINE));

    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.header("Location")).isEqualTo("/orders/" + placed.id());
    assertThat(placed.header("ETag")).isEqualTo("\"1\"");
    assertThat(placed.header("Content-Type")).isEqualTo("application/json");
    JsonObject order = placed.json();
    assertThat(order.getString("status")).isEqualTo("placed");
    assertThat(order.getString("customer")).isEqualTo("14479");
    assertThat(order.getInt("total")).isEqualTo(2 * 6 * 295);
    assertThat(order.getJsonArray("lines").getJsonObject(1).getInt("line")).isEqualTo(2);
  }

  @Test
  void anOrderIsShownAsItsCommandsLeftIt() {
    String path = "/orders/" + api.place("shown");
    Answer changed =
        api.put(path + "/lines", Api.key(), "{\"lines\":[" + Api.LINE + "," + Api.LINE + "]}");
    Answer confirmed = api.post(path + "/confirmation", "");
    Answer completed = api.post(path + "/completion", "{}");
    Answer returned = api.post(path + "/returns", "{\"lines\":[{\"line\":2,\"quantity\":4}]}");

    assertThat(List.of(changed, confirmed, completed, returned))
        .extracting(Answer::status)
        .containsOnly(200);
    assertThat(returned.json().getInt("refunded")).isEqualTo(4 * 295);
    assertThat(returned.header("ETag")).isEqualTo("\"5\"");
    await().until(() -> api.get(path).header("ETag").equals("\"5\""));
    assertThat(api.get(path).text()).isEqualTo(returned.text());
  }

  @Test
  void aGuestsOrderHasNoCustomer() {
    Answer placed = api.post("/orders", "{\"currency\":\"GBP\",\"lines\":[" + Api.LINE + "]}");

    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.json()).doesNotContainKey("customer");
  }

  @Test
  void anOrderIsCancelled() {
    String path = "/orders/" + api.place("cancelled");

    Answer cancelled = api.post(path + "/cancellation", "{\"reason\":\"Too late\"}");

    assertThat(cancelled.json().getString("status")).isEqualTo("cancelled");
    assertThat(cancelled.json().getString("cancellationReason")).isEqualTo("Too late");
    Answer tooLate = api.post(path + "/confirmation", "");
    assertProblem(tooLate, 409, "order-cancelled");
  }

  @Test
  void aCustomersOrdersAreListedNewestFirstInPages() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.addFirst(api.place("many+orders@example.com"));
    }
    String path = "/customers/many+orders%40example.com/orders?limit=3";
    await().until(() -> pages(path).stream().mapToInt(List::size).sum() == 7);

    List<List<String>> pages = pages(path);

    assertThat(pages).extracting(List::size).containsExactly(3, 3, 1);
    assertThat(pages.stream().flatMap(List::stream).toList())
        .hasSameElementsAs(ids)
        .first()
        .isEqualTo(ids.getFirst());
  }

  private List<List<String>> pages(String path) {
    List<List<String>> pages = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = api.get(path + (next.isEmpty() ? "" : "&cursor=" + next)).json();
      pages.add(
          page.getJsonArray("orders").stream()
              .map(order -> order.asJsonObject().getString("id"))
              .toList());
      next = page.getString("next", "");
    } while (!next.isEmpty());
    return pages;
  }

  @Test
  void anUnknownCustomerHasNoOrders() {
    assertThat(api.get("/customers/nobody/orders").text()).isEqualTo("{\"orders\":[]}");
  }

  @Test
  void whatCanNotBeACustomerIsABadParameter() {
    for (String id : List.of("a%20b", "%25", "x".repeat(65), "x".repeat(3000))) {
      Answer answer = api.get("/customers/" + id + "/orders");
      assertProblem(answer, 400, "bad-input");
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
          .isEqualTo("id");
    }
  }

  @Test
  void historyIsABatchOfCloudEvents() {
    String id = api.sell("history");

    Answer history = api.get("/orders/" + id + "/events");

    assertThat(history.header("Content-Type")).isEqualTo("application/cloudevents-batch+json");
    assertThat(history.array())
        .extracting(event -> event.asJsonObject().getString("type"))
        .containsExactly(
            "io.streamkeep.order.placed.v1",
            "io.streamkeep.order.confirmed.v1",
            "io.streamkeep.order.completed.v1");
    JsonObject first = history.array().getJsonObject(0);
    assertThat(first.getString("specversion")).isEqualTo("1.0");
    assertThat(first.getString("source")).isEqualTo("/orders/" + id);
    assertThat(first.getString("subject")).isEqualTo(id);
    assertThat(first.getJsonObject("data").getInt("total")).isEqualTo(6 * 295);
  }

  @Test
  void historyGoesOnWhereThePageBeforeEnded() {
    String id = api.sell("paged");

    Answer first = api.get("/orders/" + id + "/events?limit=2");

    assertThat(first.array()).hasSize(2);
    assertThat(first.header("Link"))
        .isEqualTo("</orders/" + id + "/events?after=2&limit=2>; rel=\"next\"");
    Answer second = api.get("/orders/" + id + "/events?after=2&limit=2");
    assertThat(second.array()).hasSize(1);
    assertThat(second.header("Link")).isEmpty();
  }

  @Test
  void whatThereIsNotIsNotFound() {
    String nowhere = "/orders/00000000-0000-8000-8000-000000000000";
    assertProblem(api.get(nowhere), 404, "order-unknown");
    assertProblem(api.get(nowhere + "/events"), 404, "order-unknown");
    assertProblem(api.get(nowhere + "/events?after=3"), 404, "order-unknown");
    assertProblem(api.post(nowhere + "/confirmation", ""), 404, "order-unknown");
    assertProblem(api.post("/orders/nonsense/confirmation", ""), 404, "order-unknown");
    assertProblem(api.get("/orders/%F0%9F%98%80"), 404, "order-unknown");
    Answer noRoute = api.get("/nothing/here");
    assertThat(noRoute.status()).isEqualTo(404);
    assertThat(noRoute.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aRepeatGivesTheSameAnswerWhateverCameLater() {
    String key = Api.key();
    Answer first = api.post("/orders", key, Api.order("repeat", Api.LINE));
    String confirmKey = Api.key();
    Answer confirmed = api.post("/orders/" + first.id() + "/confirmation", confirmKey, "");
    api.post("/orders/" + first.id() + "/completion", "");

    for (String same : List.of(key, "\"" + key + "\"")) {
      Answer again = api.post("/orders", same, Api.order("repeat", Api.LINE));
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(again.header("ETag")).isEqualTo("\"1\"");
      assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }
    Answer again = api.post("/orders/" + first.id() + "/confirmation", confirmKey, "");
    assertThat(again.text()).isEqualTo(confirmed.text());
    assertThat(api.get("/orders/" + first.id() + "/events").array()).hasSize(3);
  }

  @Test
  void aKeyThatWasUsedForSomethingElseIsRefused() {
    String key = Api.key();
    String id = api.post("/orders", key, Api.order("reuse", Api.LINE)).id();

    assertProblem(
        api.post("/orders", key, Api.order("other", Api.LINE)), 422, "idempotency-key-reused");
    assertProblem(
        api.post("/orders/" + id + "/confirmation", key, ""), 422, "idempotency-key-reused");
  }

  @Test
  void twoHundredAtOnceWithOneKeyMakeOneOrderAndGetOneAnswer() throws Exception {
    String key = Api.key();
    String body = Api.order("storm", Api.LINE);
    try (ExecutorService threads = Executors.newFixedThreadPool(200)) {
      List<Callable<Answer>> calls =
          IntStream.range(0, 200)
              .<Callable<Answer>>mapToObj(i -> () -> api.post("/orders", key, body))
              .toList();
      Set<List<Object>> answers = ConcurrentAnswers.of(threads.invokeAll(calls));

      assertThat(answers).hasSize(1);
      assertThat(answers.iterator().next()).startsWith(201, "\"1\"");
    }
    await().until(() -> !pages("/customers/storm/orders?limit=10").getFirst().isEmpty());
    assertThat(pages("/customers/storm/orders?limit=10")).containsExactly(List.of(id(key, body)));
  }

  private String id(String key, String body) {
    return api.post("/orders", key, body).id();
  }

  /** The different answers among many. */
  private static final class ConcurrentAnswers {
    static Set<List<Object>> of(List<Future<Answer>> calls) throws Exception {
      List<List<Object>> answers = new ArrayList<>();
      for (Future<Answer> call : calls) {
        Answer answer = call.get();
        answers.add(
            List.of(
                answer.status(), answer.header("ETag"), answer.header("Location"), answer.text()));
      }
      return answers.stream().collect(Collectors.toSet());
    }
  }

  @Test
  void racingCommandsOnOneOrderAllHaveTheirEffectOnce() throws Exception {
    String path = "/orders/" + api.sell("race") + "/returns";
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Callable<Answer>> calls =
          IntStream.range(0, 6)
              .<Callable<Answer>>mapToObj(
                  i -> () -> api.post(path, "{\"lines\":[{\"line\":1,\"quantity\":1}]}"))
              .toList();
      for (Future<Answer> call : threads.invokeAll(calls)) {
        assertThat(call.get().status()).isEqualTo(200);
      }
    }
    assertProblem(
        api.post(path, "{\"lines\":[{\"line\":1,\"quantity\":1}]}"), 409, "return-exceeds-line");
  }

  @Test
  void ifMatchIsHonoured() {
    String path = "/orders/" + api.place("if-match") + "/confirmation";

    assertProblem(api.post(path, Api.key(), "", "If-Match", "\"2\""), 412, "precondition-failed");
    assertProblem(api.post(path, Api.key(), "", "If-Match", "W/\"1\""), 412, "precondition-failed");
    String key = Api.key();
    assertThat(api.post(path, key, "", "If-Match", "\"7\", \"1\"").status()).isEqualTo(200);
    assertThat(api.post(path, key, "", "If-Match", "\"1\"").status())
        .as("a repeat whose first try succeeded")
        .isEqualTo(200);
    assertProblem(
        api.post("/orders", Api.key(), Api.order("x", Api.LINE), "If-Match", "*"),
        412,
        "precondition-failed");
  }

  @Test
  void aCommandOnAnOrderCostsOneQueryAndOnePutItem() {
    String path = "/orders/" + api.place("counted");
    DEPLOYED.cloud().calls().reset();

    api.post(path + "/confirmation", "");

    assertThat(DEPLOYED.cloud().calls().of("CommandFunction"))
        .containsOnlyKeys("DynamoDB.Query", "DynamoDB.PutItem")
        .containsValues(1L, 1L)
        .doesNotContainValue(2L);
  }

  @Test
  void everyErrorOfABodyIsPointedAt() {
    Answer answer =
        api.post(
            "/orders",
            "{\"customer\":7,\"lines\":[{\"sku\":\"\",\"description\":\"\",\"quantity\":0,"
                + "\"unitPrice\":1.5,\"more\":1}],\"a/b\":1}");

    assertProblem(answer, 400, "bad-input");
    assertThat(answer.json().getJsonArray("errors"))
        .extracting(error -> error.asJsonObject().getString("pointer"))
        .containsExactlyInAnyOrder(
            "/customer",
            "/currency",
            "/lines/0/sku",
            "/lines/0/quantity",
            "/lines/0/unitPrice",
            "/lines/0/more",
            "/a~1b");
  }

  @Test
  void aKeyIsRequired() {
    Answer none =
        Api.send(
            HttpRequest.newBuilder(api.url().resolve("/orders"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Api.order("x", Api.LINE))));

    assertProblem(none, 400, "bad-input");
    assertThat(none.json().getJsonArray("errors").getJsonObject(0))
        .containsEntry("parameter", jsonString("Idempotency-Key"));
    assertProblem(api.post("/orders", "a b", Api.order("x", Api.LINE)), 400, "bad-input");
    assertProblem(api.post("/orders", "k".repeat(129), Api.order("x", Api.LINE)), 400, "bad-input");
  }

  @Test
  void whatIsNotStrictJsonIsRefused() {
    String good = Api.order("x", Api.LINE);
    for (String bad :
        List.of(
            "",
            "{",
            good + "x",
            "[" + good + "]",
            good.replaceFirst("\\{", "{\"currency\":\"GBP\","),
            good.replace("22084", "\\ud800"),
            "{\"lines\":" + "[".repeat(50_000))) {
      assertProblem(api.post("/orders", bad), 400, "bad-input");
    }
    byte[] latin = good.replace("PAPER", "P\u00c4PER").getBytes(ISO_8859_1);
    assertProblem(api.send("POST", "/orders", Api.key(), latin), 400, "bad-input");
  }

  @Test
  void whatIsTooMuchIsRefused() {
    String line = Api.LINE;
    assertThat(api.post("/orders", Api.order("x", many(line, 1000))).status()).isEqualTo(201);
    assertProblem(api.post("/orders", Api.order("x", many(line, 1001))), 400, "bad-input");
    String padded = Api.order("x", line) + " ".repeat(256 * 1024);
    assertProblem(api.post("/orders", padded), 413, "body-too-large");
    String fits = padded.substring(0, 256 * 1024);
    assertThat(api.post("/orders", fits).status()).isEqualTo(201);
    assertThat(api.post("/orders", " ".repeat(11_000_000)).status()).isEqualTo(413);
  }

  /** As large as a body may be, in characters that take the most bytes to store. */
  @Test
  void theLargestOrderFitsItsItem() {
    String dear =
        "{\"sku\":\"s\",\"description\":\""
            + "\\u0001".repeat(32)
            + "\",\"quantity\":1,"
            + "\"unitPrice\":1000000000000}";
    String body = Api.order("large", many(dear, 1000));
    assertThat(body.length()).isBetween(240_000, 256 * 1024);

    Answer placed = api.post("/orders", body);

    assertThat(placed.status()).isEqualTo(201);
    await().until(() -> api.get("/orders/" + placed.id()).status() == 200);
    assertThat(api.get("/orders/" + placed.id()).text()).isEqualTo(placed.text());
  }

  private static String[] many(String line, int times) {
    return Collections.nCopies(times, line).toArray(String[]::new);
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() {
    Answer form =
        Api.send(
            HttpRequest.newBuilder(api.url().resolve("/orders"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Idempotency-Key", Api.key())
                .POST(HttpRequest.BodyPublishers.ofString(Api.order("x", Api.LINE))));

    assertProblem(form, 415, "not-json");
  }

  @Test
  void badQueryParametersAreNamed() {
    for (String query :
        List.of("limit=0", "limit=101", "limit=x", "limit=1&limit=2", "cursor=%2B", "cursor=")) {
      Answer answer = api.get("/customers/x/orders?" + query);
      assertProblem(answer, 400, "bad-input");
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
          .isEqualTo(query.substring(0, query.indexOf('=')));
    }
  }

  private static JsonString jsonString(String text) {
    return Json.createValue(text);
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = answer.json();
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("type")).isEqualTo("tag:streamkeep.io,2026:" + code);
    assertThat(problem).containsKeys("title", "detail", "instance");
  }
}
