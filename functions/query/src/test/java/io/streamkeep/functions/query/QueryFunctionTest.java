package io.streamkeep.functions.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.http.Routes;
import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryFeedStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.function.ApiRequest;
import io.streamkeep.testkit.function.FakeContext;
import io.streamkeep.testkit.function.SampleCommits;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries from request to response, on stores in memory. */
final class QueryFunctionTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final String ID = "3728ecd8-e187-828f-83ab-b70de50f8438";
  private static final StreamId STREAM = new StreamId("order", ID);
  private static final String ORDER =
      """
      {"id":"%s","status":"placed","currency":"GBP","placedAt":"2026-03-01T10:15:30.000Z",\
      "lines":[{"line":1,"sku":"A","description":"","quantity":1,"unitPrice":2,"total":2,"returned":0}],\
      "total":2,"refunded":0}\
      """
          .formatted(ID);

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore views = new InMemoryViewStore();
  private final Routes routes =
      QueryFunction.routes(
          views,
          views,
          events,
          new FeedQueries(new FeedReader(new InMemoryFeedStore(), events), 1, 1, clock));

  private HttpResponse handle(ApiRequest request) {
    return routes.handle(request.at(NOW), FakeContext.line(LogEvent.REQUEST, clock));
  }

  private Problem problem(ApiRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> handle(request)).problem();
  }

  private void put(String view, StreamId stream, Row row, List<AggregateTotal> adds) {
    views.put(view, stream, ViewStore.MISSING, row, 3, adds);
  }

  @Test
  void rowIsShownWithItsCommit() {
    put("order", STREAM, new Row(ORDER, null, Set.of()), List.of());

    HttpResponse response = handle(ApiRequest.of("GET /orders/{id}").id(ID));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(ORDER);
    assertThat(response.headers()).containsEntry("ETag", "\"3\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "[]", "{}", "{\"id\":\"1\"}"})
  void rowThatCantBeReadIsTemporarilyUnavailable(String garbage) {
    put("order", STREAM, new Row(garbage, null, Set.of()), List.of());

    Problem problem = problem(ApiRequest.of("GET /orders/{id}").id(ID));

    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.code()).isEqualTo("row-unreadable");
  }

  private ApiRequest orderAtCommit3() {
    put("order", STREAM, new Row(ORDER, null, Set.of()), List.of());
    return ApiRequest.of("GET /orders/{id}").id(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "W/\"3\"", "*", "\"2\", \"3\"", "\"a,b\",W/\"3\"", " \"3\" ,"})
  void rowThatTheClientHasIsNotSentAgain(String ifNoneMatch) {
    HttpResponse response = handle(orderAtCommit3().header("If-None-Match", ifNoneMatch));

    assertThat(response).isEqualTo(new HttpResponse(304, Map.of("ETag", "\"3\""), ""));
  }

  @Test
  void linesOfIfNoneMatchAreOneList() {
    assertThat(handle(orderAtCommit3().header("If-None-Match", "\"2\"", "\"3\"")).status())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"4\"", "\"33\"", "\"2,3\"", "\"w/3\"", "\"*\""})
  void rowThatTheClientDoesNotHaveIsSent(String ifNoneMatch) {
    HttpResponse response = handle(orderAtCommit3().header("If-None-Match", ifNoneMatch));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(ORDER);
  }

  @Test
  void missingRowIsNotFoundWhateverThePrecondition() {
    ApiRequest request = ApiRequest.of("GET /orders/{id}").id(ID);

    assertThat(problem(request.header("If-None-Match", "*")).status()).isEqualTo(404);
    assertThat(problem(request.header("If-Match", "*")).status()).isEqualTo(404);
  }

  @Test
  void ifMatchComesBeforeIfNoneMatch() {
    ApiRequest request = orderAtCommit3().header("If-None-Match", "\"3\"");

    assertThat(problem(request.header("If-Match", "\"2\"")).status()).isEqualTo(412);
    assertThat(problem(request.header("If-Match", "W/\"3\"")).code())
        .isEqualTo("precondition-failed");
    assertThat(handle(request.header("If-Match", "\"3\"")).status()).isEqualTo(304);
  }

  @Test
  void idIsMatchedWithoutRegardToCase() {
    put("order", STREAM, new Row(ORDER, null, Set.of()), List.of());
    SampleCommits.append(events, STREAM, NOW, 1);

    for (String route : List.of("GET /orders/{id}", "GET /orders/{id}/events")) {
      assertThat(handle(ApiRequest.of(route).id(ID.toUpperCase(Locale.ROOT))).body())
          .isEqualTo(handle(ApiRequest.of(route).id(ID)).body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /orders/{id}", "GET /orders/{id}/events"})
  void unknownAggregateIsNotFound(String route) {
    for (String id : List.of(ID, "unknown")) {
      Problem problem = problem(ApiRequest.of(route).id(id));
      assertThat(problem.status()).isEqualTo(404);
      assertThat(problem.code()).isEqualTo("order-unknown");
    }
  }

  @Test
  void onlyTheViewMayBeTooNew() {
    assertThat(problem(ApiRequest.of("GET /orders/{id}").id(ID)).detail()).contains("view");
    assertThat(problem(ApiRequest.of("GET /orders/{id}/events").id(ID)).detail())
        .isEqualTo("There is no such order.");
  }

  @Test
  void misspelledParameterIsABadRequest() {
    putSales();

    assertThat(problem(sales("2026-03-01", "2026-03-03").query("contry", "France")).errors())
        .extracting("parameter")
        .containsExactly("contry");
  }

  @Test
  void eventsAreCloudEventsInPages() {
    SampleCommits.append(events, STREAM, NOW, 3);
    ApiRequest first = ApiRequest.of("GET /orders/{id}/events").id(ID).query("limit", "2");

    HttpResponse response = handle(first);

    assertThat(response.headers())
        .containsEntry("Content-Type", CloudEvents.BATCH)
        .containsEntry("Link", "</dev/orders/" + ID + "/events?after=2&limit=2>; rel=\"next\"");
    HttpResponse last = handle(first.query("after", "2"));
    assertThat(last.headers()).doesNotContainKey("Link");
    assertThat(last.body()).contains("\"id\":\"3/1\"").doesNotContain("\"id\":\"2/1\"");
  }

  /** Lambda's limit of a response is 6 MB. */
  @Test
  void historyIsCutBeforeItIsTooLargeForAResponse() {
    RecordedEvent large =
        new RecordedEvent("sample.happened", 1, "{\"text\":\"%s\"}".formatted("é".repeat(100_000)));
    SampleCommits.append(events, STREAM, NOW, Collections.nCopies(40, large));
    ApiRequest first = ApiRequest.of("GET /orders/{id}/events").id(ID).query("limit", "40");

    HttpResponse page = handle(first);

    int commits = Json.read("{\"page\":" + page.body() + "}").getJsonArray("page").size();
    assertThat(commits).isBetween(20, 30);
    assertThat(page.headers().get("Link")).contains("?after=" + commits + "&limit=40");
    HttpResponse last = handle(first.query("after", Integer.toString(commits)));
    assertThat(Json.read("{\"page\":" + last.body() + "}").getJsonArray("page"))
        .hasSize(40 - commits);
    assertThat(last.headers()).doesNotContainKey("Link");
  }

  @Test
  void pageAfterTheLastEventIsEmpty() {
    SampleCommits.append(events, STREAM, NOW, 1);

    HttpResponse response =
        handle(ApiRequest.of("GET /orders/{id}/events").id(ID).query("after", "1"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("[]");
  }

  @Test
  void listIsPagedFromTheNewestOn() {
    putOrders("c-1", 3);
    ApiRequest request = ApiRequest.of("GET /customers/{id}/orders").id("c-1").query("limit", "2");

    JsonObject first = Json.read(handle(request).body());
    JsonObject second = Json.read(handle(request.query("cursor", first.getString("next"))).body());

    assertThat(first.getJsonArray("orders"))
        .isEqualTo(Json.array(List.of(Json.read(summary("3")), Json.read(summary("2")))));
    assertThat(second).isEqualTo(Json.read("{\"orders\":[" + summary("1") + "]}"));
    assertThat(handle(ApiRequest.of("GET /customers/{id}/orders").id("nobody")).body())
        .isEqualTo("{\"orders\":[]}");
  }

  private void putOrders(String customer, int number) {
    for (int i = 1; i <= number; i++) {
      putOrder(customer, i, summary(Integer.toString(i)));
    }
  }

  private void putOrder(String customer, int number, String row) {
    put(
        "customer-orders",
        new StreamId("order", customer + "-" + number),
        new Row(row, new ListKey("customer-orders/" + customer, "2026-03-0" + number), Set.of()),
        List.of());
  }

  /** A row of a list. */
  private static String summary(String id) {
    return """
    {"id":"%s","status":"placed","currency":"GBP","placedAt":"2026-03-01T10:15:30.000Z",\
    "total":1,"refunded":0}\
    """
        .formatted(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "[]", "{}", "{\"id\":\"2\""})
  void listNamesWhatCantBeReadAndShowsTheRest(String garbage) {
    putOrders("c-1", 1);
    putOrder("c-1", 2, garbage);
    putOrder("c-1", 3, summary("3"));

    assertThat(Json.read(handle(orders("c-1")).body()))
        .isEqualTo(
            Json.read(
                "{\"orders\":[%s,%s],\"unreadable\":[\"order#c-1-2\"]}"
                    .formatted(summary("3"), summary("1"))));
    JsonObject page = Json.read(handle(orders("c-1").query("limit", "2")).body());
    assertThat(page.getJsonArray("orders")).hasSize(1);
    assertThat(
            Json.read(handle(orders("c-1").query("cursor", page.getString("next"))).body())
                .getJsonArray("orders"))
        .hasSize(1);
  }

  private String next(ApiRequest request) {
    return Json.read(handle(request).body()).getString("next");
  }

  private void assertCursorIsRefused(ApiRequest request, String cursor) {
    Problem problem = problem(request.query("cursor", cursor));
    assertThat(problem.status()).as(cursor).isEqualTo(400);
    assertThat(problem.errors()).extracting("parameter").containsExactly("cursor");
  }

  private static ApiRequest orders(String customer) {
    return ApiRequest.of("GET /customers/{id}/orders").id(customer);
  }

  @Test
  void cursorOfAnotherCustomerIsABadRequest() {
    putOrders("c-1", 2);

    assertCursorIsRefused(orders("c-2"), next(orders("c-1").query("limit", "1")));
  }

  @Test
  void cursorOfAnotherQueryIsABadRequest() {
    putOrders("c-1", 2);
    putSales();
    String orders = next(orders("c-1").query("limit", "1"));
    String sales = next(sales("2026-03-01", "2026-03-02").query("limit", "1"));

    assertCursorIsRefused(sales("2026-03-01", "2026-03-02"), orders);
    assertCursorIsRefused(orders("c-1"), sales);
  }

  @Test
  void cursorOfOtherDaysOrAnotherFilterIsABadRequest() {
    putSales();
    String cursor = next(sales("2026-03-01", "2026-03-02").query("limit", "1"));

    assertCursorIsRefused(sales("2026-03-01", "2026-03-03"), cursor);
    assertCursorIsRefused(sales("2026-02-28", "2026-03-02"), cursor);
    assertCursorIsRefused(sales("2026-03-01", "2026-03-02").query("country", "France"), cursor);
    assertCursorIsRefused(sales("2026-03-01", "2026-03-02").query("country", ""), cursor);
  }

  @Test
  void cursorIsValidForAnyLimit() {
    putOrders("c-1", 3);
    String cursor = next(orders("c-1").query("limit", "1"));

    assertThat(handle(orders("c-1").query("limit", "2").query("cursor", cursor)).status())
        .isEqualTo(200);
  }

  @Test
  void cursorThatNoPageHasGivenIsABadRequest() {
    putOrders("c-1", 2);
    String cursor = next(orders("c-1").query("limit", "1"));
    String list = query(cursor);

    for (String garbage :
        List.of(
            "",
            "[]",
            encoded("[]"),
            encoded("2026-03-02"),
            encoded(list),
            encoded(list + "\u0000"),
            encoded(list + "2026\n03"),
            cursor + "=",
            cursor + "A",
            cursor.substring(1))) {
      assertCursorIsRefused(orders("c-1"), garbage);
    }
  }

  /** A sort key of DynamoDB has at most 1,024 bytes. */
  @Test
  void cursorLongerThanASortKeyIsABadRequest() {
    putOrders("c-1", 2);
    String cursor = next(orders("c-1").query("limit", "1"));
    String list = query(cursor);

    assertThat(handle(orders("c-1").query("cursor", encoded(list + "k".repeat(1024)))).status())
        .isEqualTo(200);
    assertCursorIsRefused(orders("c-1"), encoded(list + "k".repeat(1025)));
    assertCursorIsRefused(orders("c-1"), encoded(list + "é".repeat(513)));
  }

  /** The part of a cursor that says to which query it belongs. */
  private static String query(String cursor) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void cursorOfTotalsOutsideTheDaysIsABadRequest() {
    putSales();
    String cursor = next(sales("2026-03-01", "2026-03-02").query("limit", "1"));
    String list = query(cursor);

    assertCursorIsRefused(sales("2026-03-01", "2026-03-02"), encoded(list + "2026-02-28#France"));
    assertCursorIsRefused(sales("2026-03-01", "2026-03-02"), encoded(list + "2026-03-03"));
  }

  @Test
  void listOfAnInvalidIdIsABadRequest() {
    assertThat(problem(ApiRequest.of("GET /customers/{id}/orders").id("a b")).status())
        .isEqualTo(400);
  }

  /** Revenue of three days, one of which has no orders left. */
  private void putSales() {
    sales(1, "2026-03-01#France#GBP", 1);
    sales(2, "2026-03-02#France#GBP", 2);
    sales(3, "2026-03-02##GBP", 3);
    sales(4, "2026-03-03#France#GBP", 0);
  }

  private void sales(int stream, String sortKey, long orders) {
    put(
        "sales",
        new StreamId("order", "o-" + stream),
        new Row("{}", null, Set.of()),
        List.of(
            new AggregateTotal(
                "sales", sortKey, Map.of("orders", orders, "revenue", orders * 10))));
  }

  private static ApiRequest sales(String from, String to) {
    return ApiRequest.of("GET /sales").query("from", from).query("to", to);
  }

  private List<String> days(ApiRequest request) {
    return Json.read(handle(request).body())
        .getJsonArray("sales")
        .getValuesAs(
            (JsonObject line) ->
                line.getString("day")
                    + " "
                    + line.getString("country", "-")
                    + " "
                    + line.getInt("revenue"));
  }

  @Test
  void totalsAreListedByDay() {
    putSales();

    assertThat(days(sales("2026-03-01", "2026-03-03")))
        .containsExactlyInAnyOrder(
            "2026-03-01 France 10", "2026-03-02 France 20", "2026-03-02 - 30");
    assertThat(days(sales("2026-03-02", "2026-03-02"))).hasSize(2);
  }

  @Test
  void totalsAreFiltered() {
    putSales();

    assertThat(days(sales("2026-03-01", "2026-03-03").query("country", "France")))
        .containsExactly("2026-03-01 France 10", "2026-03-02 France 20");
    assertThat(days(sales("2026-03-01", "2026-03-03").query("country", "")))
        .containsExactly("2026-03-02 - 30");
  }

  @Test
  void totalsArePaged() {
    putSales();
    ApiRequest request = sales("2026-03-01", "2026-03-02").query("limit", "2");

    String next = Json.read(handle(request).body()).getString("next");

    assertThat(days(request)).hasSize(2);
    assertThat(days(request.query("cursor", next))).hasSize(1);
    assertThat(problem(sales("2026-03-03", "2026-03-03").query("cursor", next)).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02, 2026-03-01, ''",
    "2025-03-01, 2026-03-02, ''",
    "today, 2026-03-01, ''",
    "2026-03-01, 2026-3-1, ''",
    "2026-03-01, 2026-03-01, <script>"
  })
  void invalidDaysAndFiltersAreBadRequests(String from, String to, String country) {
    assertThat(problem(sales(from, to).query("country", country)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 101",
    "limit, many",
    "limit, +5",
    "limit, -5",
    "limit, ٥",
    "limit, ５",
    "limit, 99999999999999999999",
    "cursor, ?",
    "cursor, AA"
  })
  void invalidPageIsABadRequest(String parameter, String value) {
    ApiRequest request =
        ApiRequest.of("GET /customers/{id}/orders").id("c-1").query(parameter, value);

    assertThat(problem(request).errors()).extracting("parameter").containsExactly(parameter);
  }

  @Test
  void indexHasNameVersionAndLinks() {
    HttpResponse response = handle(ApiRequest.of("GET /"));

    JsonObject index = Json.read(response.body());
    assertThat(response.status()).isEqualTo(200);
    assertThat(index.getString("name")).isEqualTo("Streamkeep");
    assertThat(index.getString("version")).isNotEmpty();
    assertThat(index.getJsonObject("links").getString("health")).isEqualTo("/dev/operations/lag");
    assertThat(index.getJsonObject("links")).containsKeys("api", "docs");
  }

  static Stream<QueryOperation> operations() {
    return Registry.aggregates().stream().map(AggregateModule::queries).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyRegisteredOperationIsRouted(QueryOperation operation) {
    assertThat(routes.names()).contains(operation.route());
  }

  @Test
  void otherRoutesAreAnError() {
    assertThatThrownBy(() -> handle(ApiRequest.of("POST /orders")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
