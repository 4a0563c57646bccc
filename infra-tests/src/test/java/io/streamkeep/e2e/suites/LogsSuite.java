package io.streamkeep.e2e.suites;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FunctionLog;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.LocalBackend;
import io.streamkeep.e2e.support.LogRule;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.Tampering;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.TraceHeader;
import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Log lines of the functions. Every text that a client or a store can choose is marked here, and no
 * line may contain the mark: logs hold no personal data.
 */
public abstract class LogsSuite {

  private static final String MARK = "zq7mark";
  private static final String CUSTOMER = MARK + "+anna@example.com";
  private static final String LINE =
      "{\"sku\":\"%1$s-sku\",\"description\":\"%1$s words\",\"quantity\":6,\"unitPrice\":295}"
          .formatted(MARK);

  private static final LogRule RULE = new LogRule(MARK);
  private final LocalCloud cloud;
  private final InjectedFaults faults;
  private final FunctionLog log;
  private final Backend backend;
  private final Api api;
  private final Tampering tampering;
  private final String why = "why-" + UUID.randomUUID();
  private final String trace = UUID.randomUUID().toString().replace("-", "");

  protected LogsSuite(LocalCloud cloud, InjectedFaults faults, FunctionLog log) {
    this.cloud = cloud;
    this.faults = faults;
    this.log = log;
    this.backend = new LocalBackend(cloud);
    this.api = Api.of(backend);
    this.tampering = new Tampering(backend, MARK);
  }

  @AfterEach
  void everyLineObeysRule() {
    assertThat(log.functionLines()).isNotEmpty();
    assertThat(log.functionLines()).allSatisfy(line -> assertThat(RULE.violations(line)).isEmpty());
    assertThat(log.all())
        .allSatisfy(line -> assertThat(RULE.violations(line)).doesNotContain("is marked"));
  }

  private static String key() {
    return MARK + "@example.com/" + UUID.randomUUID();
  }

  private Response post(String path, String body) {
    return post(path, body, why);
  }

  private Response post(String path, String body, String correlation) {
    return api.post(
        path,
        key(),
        body,
        "Authorization",
        Api.signedBy(MARK + "+anna@example.com"),
        "User-Agent",
        MARK,
        "X-" + MARK,
        MARK,
        "X-Correlation-Id",
        correlation,
        "X-Tenant-Id",
        "shop-7",
        "traceparent",
        "00-" + trace + "-b7ad6b7169203331-01",
        "tracestate",
        MARK + "=" + MARK);
  }

  /** Asserts that a line has the metadata of a commit, and that only the commit has its actor. */
  private void assertSameOrigin(JsonObject line, JsonObject event) {
    assertThat(event.getString("actor")).contains(MARK);
    assertThat(event.getString("tracestate")).contains(MARK);
    assertThat(line.getString("correlationId")).isEqualTo(event.getString("correlationid"));
    assertThat(line.getString("causationId")).isEqualTo(event.getString("causationid"));
    assertThat(line.getString("w3cTraceId")).isEqualTo(trace);
    assertThat(event.getString("traceparent")).contains(trace);
    assertThat(line.getString("tenantId")).isEqualTo("shop-7");
    assertThat(event.getString("tenantid")).isEqualTo("shop-7");
  }

  private JsonObject event(String id, int commit) {
    return api.get("/orders/" + id + "/events").array().getJsonObject(commit - 1);
  }

  private String place() {
    String order = Api.order(CUSTOMER, LINE);
    return post("/orders", "{\"country\":\"" + MARK + "\"," + order.substring(1)).id();
  }

  private JsonObject requestLine(Response response) {
    String instance = response.json().getString("instance");
    return log.awaitLine("Request", "apiRequestId", instance.replace("urn:request:", ""));
  }

  @Test
  void request_isLoggedFromResponseToViews() {
    String id = place();

    JsonObject request = log.awaitLine("Request", "correlationId", why);
    assertThat(request.getString("method") + " " + request.getString("route"))
        .isEqualTo("POST /orders");
    assertThat(request.getInt("status")).isEqualTo(201);
    assertThat(request.getString("outcome")).isEqualTo("done");
    assertThat(request.getString("stream")).isEqualTo("order#" + id);
    assertThat(request.getInt("commit")).isEqualTo(1);
    assertThat(request.getString("function")).isEqualTo("streamkeep-CommandFunction");
    assertThat(request.getString("causationId")).isEqualTo(request.getString("apiRequestId"));
    assertSameOrigin(request, event(id, 1));
    for (String consumer : List.of("ProjectionFunction", "ReactionFunction")) {
      JsonObject batch = batchOf("streamkeep-" + consumer);
      assertThat(batch.getJsonArray("causationIds").toString())
          .contains('"' + request.getString("causationId") + '"');
      assertThat(batch.getJsonArray("w3cTraceIds").toString()).contains('"' + trace + '"');
      assertThat(batch.getJsonArray("tenantIds").toString()).contains("\"shop-7\"");
      assertThat(batch.getInt("records")).isEqualTo(batch.getInt("Applied")).isPositive();
      assertThat(batch.getString("traceId")).isNotEqualTo(request.getString("traceId"));
    }
  }

  /** The line of the batch with this test's commit. */
  private JsonObject batchOf(String function) {
    return log.awaitLine(
        "Batch",
        line ->
            line.getString("function").equals(function)
                && String.valueOf(line.get("correlationIds")).contains('"' + why + '"'));
  }

  /** Lets logs and X-Ray refer to each other. */
  @Test
  void newTrace_hasTraceIdOfXRay() {
    Response placed = api.post("/orders", key(), Api.order(CUSTOMER, LINE));

    JsonObject line = log.awaitLine("Request", "apiRequestId", placed.header("X-Correlation-Id"));
    String xray = line.getString("traceId").substring(2).replace("-", "");
    assertThat(line.getString("w3cTraceId")).isEqualTo(xray);
    assertThat(event(placed.id(), 1).getString("traceparent")).startsWith("00-" + xray + "-");
  }

  @Test
  void successfulRequests_logNoInput() {
    String path = "/orders/" + place();
    api.put(path + "/lines", key(), "{\"lines\":[" + LINE + "]}", "If-Match", "\"" + MARK + "\"");
    post(path + "/confirmation", "");
    post(path + "/completion", "");
    Response returned =
        post(
            path + "/returns",
            "{\"lines\":[{\"line\":1,\"quantity\":1}],\"reason\":\"" + MARK + "\"}");
    Response cancelled =
        post("/orders/" + place() + "/cancellation", "{\"reason\":\"" + MARK + "\"}");
    new ViewsCheck(backend).awaitViewsOf(Set.of(returned.id(), cancelled.id()));
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(("listCustomerOrders " + CUSTOMER + "\n" + MARK).getBytes(UTF_8));
    Response listed = api.get("/customers/" + CUSTOMER + "/orders?limit=1");

    assertThat(List.of(returned.status(), cancelled.status(), listed.status())).containsOnly(200);
    assertThat(api.get("/customers/" + CUSTOMER + "/orders?cursor=" + cursor).status())
        .isEqualTo(200);
    Response history = api.get(path + "/events?limit=100");
    assertThat(history.text()).contains(MARK);
    JsonObject line = log.awaitLine("Request", "apiRequestId", history.header("X-Correlation-Id"));
    assertThat(line.getString("route")).isEqualTo("/orders/{id}/events");
  }

  @Test
  void badInput_isLoggedByOutcomeOnly() {
    String body =
        "{\"customer\":\"%1$s %1$s\",\"currency\":\"%1$s\",\"%1$s\":1,\"lines\":[{\"sku\":\"%2$s\","
            + "\"description\":\"%2$s\",\"quantity\":\"%1$s\",\"unitPrice\":\"%1$s\"}]}";
    List<Response> rejected =
        List.of(
            post("/orders", body.formatted(MARK, MARK.repeat(100))),
            post("/orders", "{\"customer\":\"" + MARK),
            post("/orders", MARK),
            post("/orders", MARK.repeat(40_000)),
            api.post("/orders", "a b " + MARK, Api.order(CUSTOMER, LINE)),
            api.post("/orders", key(), "{}", "X-Correlation-Id", MARK + "@example.com"),
            api.post("/orders", key(), "{}", "X-Tenant-Id", MARK + "@example.com"),
            api.post("/orders", key(), "{}", "traceparent", MARK, "tracestate", MARK),
            api.get("/orders/" + MARK),
            api.get("/customers/" + MARK + "%20/orders"),
            api.get("/customers/x/orders?limit=" + MARK),
            api.get("/customers/x/orders?" + MARK + "=" + MARK),
            api.get("/sales?from=" + MARK),
            api.get("/sales?from=2011-03-31&to=2011-03-31&country=" + MARK.repeat(10)),
            api.get("/customers/x/orders?cursor=" + MARK + "%20"),
            api.post("/orders/" + MARK + "/cancellation", key(), "{\"reason\":\"" + MARK + "\"}"));

    for (Response response : rejected) {
      JsonObject line = requestLine(response);
      assertThat(line.getInt("status")).isEqualTo(response.status()).isBetween(400, 422);
      assertThat(line.getString("outcome")).isEqualTo(response.json().getString("code"));
      assertThat(line.getString("correlationId")).isEqualTo(response.header("X-Correlation-Id"));
    }
  }

  @Test
  void rejection_isCounted() {
    String path = "/orders/" + place();
    post(path + "/cancellation", "{\"reason\":\"" + MARK + "\"}");

    JsonObject line = requestLine(post(path + "/confirmation", ""));

    assertThat(line.getString("outcome")).isEqualTo("order-cancelled");
    assertThat(line.getInt("Rejected")).isEqualTo(1);
  }

  @Test
  void conflicts_areCounted_andSoAreExhaustedRetries() {
    String id = place();
    faults.competitor = () -> tampering.append(id);

    faults.conflicts.set(1);
    Response late = changeLines(id, LINE + "," + LINE);
    faults.conflicts.set(Integer.MAX_VALUE);
    Response never = changeLines(id, LINE);
    int conflicts = Integer.MAX_VALUE - faults.conflicts.getAndSet(0);

    JsonObject won = log.awaitLine("Request", "apiRequestId", late.header("X-Correlation-Id"));
    assertThat(won.getInt("Conflicts")).isEqualTo(1);
    assertThat(won.getInt("commit")).isEqualTo(3);
    JsonObject lost = requestLine(never);
    assertThat(lost.getString("outcome")).isEqualTo("contended");
    assertThat(lost.getInt("RetriesExhausted")).isEqualTo(1);
    assertThat(lost.getInt("Conflicts")).isEqualTo(conflicts).isGreaterThan(20);
  }

  private Response changeLines(String id, String lines) {
    return api.put("/orders/" + id + "/lines", key(), "{\"lines\":[" + lines + "]}");
  }

  @Test
  void parkingAndRedelivery_areLoggedWithReason() {
    String id = place();
    log.awaitLine("Batch", "correlationIds", why);
    Map<String, AttributeValue> row = tampering.breakRow(id);

    Response confirmed = post("/orders/" + id + "/confirmation", "", why + ".2");

    assertThat(confirmed.status()).isEqualTo(200);
    JsonObject parked = log.awaitLine("Parked", "correlationId", why + ".2");
    assertThat(parked.getString("stream")).isEqualTo("order#" + id);
    assertThat(parked.getString("subscriber")).isEqualTo("order");
    assertThat(parked.getInt("commit")).isEqualTo(2);
    assertThat(parked.getInt("Parked")).isEqualTo(1);
    assertSameOrigin(parked, event(id, 2));
    assertThat(parked.getJsonArray("failure").getJsonObject(1).getString("detail"))
        .startsWith("The row is broken");
    JsonObject redelivered = log.awaitLine("Redelivery", "correlationId", why + ".2");
    assertThat(redelivered.getString("outcome")).isEqualTo("failed");
    assertThat(redelivered.getInt("RedeliveryFailures")).isEqualTo(1);
    assertSameOrigin(redelivered, event(id, 2));
    assertThat(redelivered.getString("stream")).isEqualTo("order#" + id);
    tampering.deleteRow(row);
    new Queues(backend).awaitRedelivery();
    JsonObject mended =
        log.awaitLine(
            "Redelivery",
            line ->
                line.getString("outcome").equals("done")
                    && line.getString("correlationId", "").equals(why + ".2"));
    assertThat(mended.getInt("receives")).isGreaterThan(1);
  }

  @Test
  void missedDelivery_isLogged_withReconcilerProgress() {
    String id = place();
    log.awaitLine("Batch", "correlationIds", why);
    new ViewsCheck(backend).awaitViewsOf(Set.of(id));
    tampering.age(new StreamId("order", id), 1);
    for (String view : List.of("order", "customer-orders")) {
      tampering.deleteRow(Map.of("stream", fromS("order#" + id), "view", fromS(view)));
    }

    assertThat(backend.invoke("ReconcilerFunction", "{}")).isEqualTo("{}");

    JsonObject repaired = log.awaitLine("Repaired", "stream", "order#" + id);
    assertThat(repaired.getInt("commit")).isEqualTo(1);
    assertThat(repaired.getInt("Repaired")).isEqualTo(2);
    assertThat(repaired.getString("outcome")).isEqualTo("done");
    JsonObject slice =
        log.awaitLine("Reconciliation", "requestId", repaired.getString("requestId"));
    assertThat(slice.getInt("pages")).isEqualTo(1);
    assertThat(slice.getInt("missed")).isPositive();
    assertThat(slice.getString("outcome")).isEqualTo("cycle-ended");
    new ViewsCheck(backend).awaitViewsOf(Set.of(id));
  }

  @Test
  void unreadableCommit_isLoggedWithLocationOfError() {
    String data = "{\"reason\":7,\"note\":\"" + MARK + "\"}";
    String bad = tampering.putCommit("2026-03-01T10:15:30Z", data);
    String torn = tampering.putCommit(MARK, data);

    assertThat(reason(bad)).startsWith("Event order.cancelled v1 is broken: /reason must be");
    assertThat(reason(torn)).startsWith("A commit is broken: DateTimeParseException");
    JsonObject failed = requestLine(api.post("/orders/" + bad + "/confirmation", ""));
    assertThat(failed.getInt("status")).isEqualTo(500);
    assertThat(failed.getInt("Failures")).isEqualTo(1);
    tampering.deleteCommit(bad, 1);
    tampering.deleteCommit(torn, 1);
  }

  private String reason(String id) {
    return log.awaitLine("Parked", "stream", "order#" + id)
        .getJsonArray("failure")
        .getJsonObject(1)
        .getString("detail");
  }

  @Test
  void infrastructureFailure_isLoggedByTypesAndFrames() {
    String id = place();
    faults.disconnected = "CommandFunction";
    Response command = post("/orders", Api.order(CUSTOMER, LINE));
    faults.disconnected = "QueryFunction";
    Response query = api.get("/customers/" + CUSTOMER + "/orders");
    faults.disconnected = "ProjectionFunction";
    post("/orders/" + id + "/confirmation", "");
    JsonObject stopped = log.awaitLine("Batch failed", "stream", "order#" + id);
    faults.disconnected = InjectedFaults.NONE;

    for (Response response : List.of(command, query)) {
      Problems.assertProblem(response, 503, "store-unavailable");
      JsonObject line = requestLine(response);
      assertThat(line.getInt("Failures")).isEqualTo(1);
      assertThat(line.getString("level")).isEqualTo("ERROR");
      JsonObject failure = line.getJsonArray("failure").getJsonObject(0);
      assertThat(failure.getString("type")).startsWith("software.amazon.awssdk.");
      assertThat(failure.getJsonArray("frames").toString()).contains("io.streamkeep.functions.");
    }
    assertThat(stopped.getInt("BatchFailures")).isEqualTo(1);
    new ViewsCheck(backend).awaitViewsOf(Set.of(id));
  }

  private long calls(String function) {
    return cloud.calls().of(function).values().stream().mapToLong(n -> n).sum();
  }

  @Test
  void lastingThrottling_returnsRetryAfter_andIsCounted() {
    String id = place();
    String path = "/orders/" + id + "/confirmation";
    String key = key();
    long commandCalls = calls("CommandFunction");
    long queryCalls = calls("QueryFunction");
    faults.throttled = "CommandFunction";
    Response command = api.post(path, key, "");
    faults.throttled = "QueryFunction";
    Response query = api.get("/orders/" + id + "/events");
    faults.throttled = InjectedFaults.NONE;

    assertThat(calls("CommandFunction") - commandCalls).as("attempts of the SDK").isEqualTo(5);
    assertThat(calls("QueryFunction") - queryCalls).as("attempts of the SDK").isEqualTo(5);
    for (Response response : List.of(command, query)) {
      Problems.assertProblem(response, 503, "throttled");
      assertThat(response.header("Retry-After")).isEqualTo("1");
      assertThat(requestLine(response).getInt("Throttled")).isEqualTo(1);
    }
    assertThat(api.post(path, key, "").header("ETag")).isEqualTo("\"2\"");
  }

  /** The last one causes an exception whose message quotes the input. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CommandFunction    | Request | {"Records":%1$s}
          QueryFunction      | Request | {"requestContext":{"requestId":"%1$s@"},"httpMethod":"GET","resource":"/"}
          ProjectionFunction | Batch   | {"Records":[{"eventName":"INSERT","dynamodb":{"SequenceNumber":"1","Keys":{"stream":{"S":"%1$s"}}}}]}
          RedeliveryFunction | Batch   | {"Records":[{"messageId":"1","receiptHandle":"1","body":"","attributes":{"ApproximateReceiveCount":"%1$s"}}]}
          """)
  void invalidEvent_failsWithoutBeingQuoted(String function, String message, String event)
      throws InterruptedException {
    InvocationResult result =
        cloud.function(function).invoke(event.formatted(MARK), TraceHeader.start());

    assertThat(result.failed()).isTrue();
    assertThat(result.payload()).contains("InvocationFailed").doesNotContain(MARK);
    assertThat(log.awaitLine(message, "requestId", result.requestId()).getInt("Failures"))
        .isEqualTo(1);
  }

  @Test
  void invalidRedeliveryMessage_isNotQuoted() {
    new Queues(backend).send("RedeliveryQueue", MARK + " is no pointer");

    JsonObject line = log.awaitLine("Redelivery", failed -> !failed.containsKey("stream"));

    assertThat(line.getJsonArray("failure").getJsonObject(0).getString("detail"))
        .isEqualTo("Not a parked position");
    new Queues(backend).purge("RedeliveryQueue");
  }
}
