package io.streamkeep.e2e;

import io.streamkeep.e2e.Api.Answer;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.TraceHeader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the functions tell of their work, and that they tell nothing of what it is about: everything
 * that a client or a store can choose freely is marked here, and no line may have the mark.
 */
final class LogsTest {

  private static final String MARK = "zq7mark";
  private static final String CUSTOMER = MARK + "+anna@example.com";
  private static final String LINE =
      "{\"sku\":\"%1$s-sku\",\"description\":\"%1$s words\",\"quantity\":6,\"unitPrice\":295}"
          .formatted(MARK);

  private static final LogRule RULE = new LogRule(MARK);
  private static final FunctionLog LOG = new FunctionLog();
  private static final Interference FAULTS = new Interference();

  @RegisterExtension
  static final Deployed DEPLOYED = new Deployed(cloud -> cloud.faults(FAULTS).log(LOG));

  private final Api api = DEPLOYED.api();
  private final Backend backend = DEPLOYED.backend();
  private final Tampering tampering = new Tampering(backend, MARK);
  private final String why = "why-" + UUID.randomUUID();
  private final String trace = UUID.randomUUID().toString().replace("-", "");

  @AfterEach
  void everyLineIsAsItMayBe() {
    assertThat(LOG.written()).isNotEmpty();
    assertThat(LOG.written()).allSatisfy(line -> assertThat(RULE.violations(line)).isEmpty());
    assertThat(LOG.all())
        .allSatisfy(line -> assertThat(RULE.violations(line)).doesNotContain("is marked"));
  }

  private static String key() {
    return MARK + "@example.com/" + UUID.randomUUID();
  }

  private Answer post(String path, String body) {
    return post(path, body, why);
  }

  private Answer post(String path, String body, String correlation) {
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

  /** That a line tells what a commit came from, and that the commit has its actor. */
  private void assertComesFrom(JsonObject line, JsonObject event) {
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

  private static JsonObject requestLine(Answer answer) {
    String instance = answer.json().getString("instance");
    return LOG.line("Request", "apiRequestId", instance.replace("urn:request:", ""));
  }

  @Test
  void aRequestIsToldFromItsAnswerToItsViews() {
    String id = place();

    JsonObject request = LOG.line("Request", "correlationId", why);
    assertThat(request.getString("method") + " " + request.getString("route"))
        .isEqualTo("POST /orders");
    assertThat(request.getInt("status")).isEqualTo(201);
    assertThat(request.getString("outcome")).isEqualTo("done");
    assertThat(request.getString("stream")).isEqualTo("order#" + id);
    assertThat(request.getInt("commit")).isEqualTo(1);
    assertThat(request.getString("function")).isEqualTo("streamkeep-CommandFunction");
    assertThat(request.getString("causationId")).isEqualTo(request.getString("apiRequestId"));
    assertComesFrom(request, event(id, 1));
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

  /** The line of what this test did. */
  private JsonObject batchOf(String function) {
    return LOG.line(
        "Batch",
        line ->
            line.getString("function").equals(function)
                && String.valueOf(line.get("correlationIds")).contains('"' + why + '"'));
  }

  /** So that each leads to the other. */
  @Test
  void aTraceThatIsStartedHereIsXRays() {
    Answer placed = api.post("/orders", key(), Api.order(CUSTOMER, LINE));

    JsonObject line = LOG.line("Request", "apiRequestId", placed.header("X-Correlation-Id"));
    String xray = line.getString("traceId").substring(2).replace("-", "");
    assertThat(line.getString("w3cTraceId")).isEqualTo(xray);
    assertThat(event(placed.id(), 1).getString("traceparent")).startsWith("00-" + xray + "-");
  }

  @Test
  void goodWorkTellsNothingOfItself() {
    String path = "/orders/" + place();
    api.put(path + "/lines", key(), "{\"lines\":[" + LINE + "]}", "If-Match", "\"" + MARK + "\"");
    post(path + "/confirmation", "");
    post(path + "/completion", "");
    Answer returned =
        post(
            path + "/returns",
            "{\"lines\":[{\"line\":1,\"quantity\":1}],\"reason\":\"" + MARK + "\"}");
    Answer cancelled =
        post("/orders/" + place() + "/cancellation", "{\"reason\":\"" + MARK + "\"}");
    DEPLOYED.awaitViews();
    String cursor = Base64.getUrlEncoder().encodeToString((MARK + "~").getBytes(UTF_8));
    Answer listed = api.get("/customers/" + CUSTOMER + "/orders?limit=1&x=" + MARK);

    assertThat(List.of(returned.status(), cancelled.status(), listed.status())).containsOnly(200);
    assertThat(api.get("/customers/" + CUSTOMER + "/orders?cursor=" + cursor).status())
        .isEqualTo(200);
    Answer history = api.get(path + "/events?limit=100");
    assertThat(history.text()).contains(MARK);
    JsonObject line = LOG.line("Request", "apiRequestId", history.header("X-Correlation-Id"));
    assertThat(line.getString("route")).isEqualTo("/orders/{id}/events");
  }

  @Test
  void badInputIsToldByItsOutcomeOnly() {
    String body =
        "{\"customer\":\"%1$s %1$s\",\"currency\":\"%1$s\",\"%1$s\":1,\"lines\":[{\"sku\":\"%2$s\","
            + "\"description\":\"%2$s\",\"quantity\":\"%1$s\",\"unitPrice\":\"%1$s\"}]}";
    List<Answer> refused =
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
            api.get("/sales?from=" + MARK),
            api.get("/sales?from=2011-03-31&to=2011-03-31&country=" + MARK.repeat(10)),
            api.get("/customers/x/orders?cursor=" + MARK + "%20"),
            api.post("/orders/" + MARK + "/cancellation", key(), "{\"reason\":\"" + MARK + "\"}"));

    for (Answer answer : refused) {
      JsonObject line = requestLine(answer);
      assertThat(line.getInt("status")).isEqualTo(answer.status()).isBetween(400, 422);
      assertThat(line.getString("outcome")).isEqualTo(answer.json().getString("code"));
      assertThat(line.getString("correlationId")).isEqualTo(answer.header("X-Correlation-Id"));
    }
  }

  @Test
  void whatTheBusinessRefusesIsCounted() {
    String path = "/orders/" + place();
    post(path + "/cancellation", "{\"reason\":\"" + MARK + "\"}");

    JsonObject line = requestLine(post(path + "/confirmation", ""));

    assertThat(line.getString("outcome")).isEqualTo("order-cancelled");
    assertThat(line.getInt("Rejected")).isEqualTo(1);
  }

  @Test
  void racesThatAreLostAreCountedAndSoIsGivingUp() {
    String id = place();
    FAULTS.other = () -> tampering.append(id);

    FAULTS.losses.set(1);
    Answer late = changeLines(id, LINE + "," + LINE);
    FAULTS.losses.set(20);
    Answer never = changeLines(id, LINE);

    JsonObject won = LOG.line("Request", "apiRequestId", late.header("X-Correlation-Id"));
    assertThat(won.getInt("Conflicts")).isEqualTo(1);
    assertThat(won.getInt("commit")).isEqualTo(3);
    JsonObject lost = requestLine(never);
    assertThat(lost.getString("outcome")).isEqualTo("contended");
    assertThat(lost.getInt("Contended")).isEqualTo(1);
    assertThat(lost.getInt("Conflicts")).isEqualTo(20);
  }

  private Answer changeLines(String id, String lines) {
    return api.put("/orders/" + id + "/lines", key(), "{\"lines\":[" + lines + "]}");
  }

  @Test
  void whatIsParkedIsToldWithItsReasonAndSoIsItsRedelivery() {
    String id = place();
    LOG.line("Batch", "correlationIds", why);
    Map<String, AttributeValue> row = tampering.breakRow(id);

    Answer confirmed = post("/orders/" + id + "/confirmation", "", why + ".2");

    assertThat(confirmed.status()).isEqualTo(200);
    JsonObject parked = LOG.line("Parked", "correlationId", why + ".2");
    assertThat(parked.getString("stream")).isEqualTo("order#" + id);
    assertThat(parked.getString("subscriber")).isEqualTo("order");
    assertThat(parked.getInt("commit")).isEqualTo(2);
    assertThat(parked.getInt("Parked")).isEqualTo(1);
    assertComesFrom(parked, event(id, 2));
    assertThat(parked.getJsonArray("failure").getJsonObject(1).getString("detail"))
        .startsWith("The row is broken");
    JsonObject redelivered = LOG.line("Redelivery", "correlationId", why + ".2");
    assertThat(redelivered.getString("outcome")).isEqualTo("failed");
    assertThat(redelivered.getInt("RedeliveryFailures")).isEqualTo(1);
    assertComesFrom(redelivered, event(id, 2));
    assertThat(redelivered.getString("stream")).isEqualTo("order#" + id);
    tampering.deleteRow(row);
    JsonObject mended =
        LOG.line(
            "Redelivery",
            line ->
                line.getString("outcome").equals("done")
                    && line.getString("correlationId", "").equals(why + ".2"));
    assertThat(mended.getInt("receives")).isGreaterThan(1);
  }

  @Test
  void whatWasMissedIsToldAndHowFarTheReconcilerHasCome() {
    String id = place();
    LOG.line("Batch", "correlationIds", why);
    DEPLOYED.awaitViews();
    tampering.age(id, 1);
    for (String view : List.of("order", "customer-orders")) {
      tampering.deleteRow(Map.of("stream", fromS("order#" + id), "view", fromS(view)));
    }

    assertThat(backend.invoke("ReconcilerFunction", "{}")).isEqualTo("{}");

    JsonObject repaired = LOG.line("Repaired", "stream", "order#" + id);
    assertThat(repaired.getInt("commit")).isEqualTo(1);
    assertThat(repaired.getInt("Repaired")).isEqualTo(2);
    assertThat(repaired.getString("outcome")).isEqualTo("done");
    JsonObject slice = LOG.line("Reconciliation", "requestId", repaired.getString("requestId"));
    assertThat(slice.getInt("pages")).isEqualTo(1);
    assertThat(slice.getInt("missed")).isPositive();
    assertThat(slice.getString("outcome")).isEqualTo("cycle-ended");
    DEPLOYED.awaitViews();
  }

  @Test
  void aCommitThatCanNotBeReadIsToldByWhereItIsBroken() {
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

  private static String reason(String id) {
    return LOG.line("Parked", "stream", "order#" + id)
        .getJsonArray("failure")
        .getJsonObject(1)
        .getString("detail");
  }

  @Test
  void aFailureOfTheInfrastructureIsToldByTypesAndFrames() {
    String id = place();
    FAULTS.cutOff = "CommandFunction";
    Answer command = post("/orders", Api.order(CUSTOMER, LINE));
    FAULTS.cutOff = "QueryFunction";
    Answer query = api.get("/customers/" + CUSTOMER + "/orders");
    FAULTS.cutOff = "ProjectionFunction";
    post("/orders/" + id + "/confirmation", "");
    JsonObject stopped = LOG.line("Batch stopped", "stream", "order#" + id);
    FAULTS.cutOff = Interference.NOBODY;

    for (Answer answer : List.of(command, query)) {
      Problems.assertProblem(answer, 500, "internal");
      JsonObject line = requestLine(answer);
      assertThat(line.getInt("Failures")).isEqualTo(1);
      assertThat(line.getString("level")).isEqualTo("ERROR");
      JsonObject failure = line.getJsonArray("failure").getJsonObject(0);
      assertThat(failure.getString("type")).startsWith("software.amazon.awssdk.");
      assertThat(failure.getJsonArray("frames").toString()).contains("io.streamkeep.functions.");
    }
    assertThat(stopped.getInt("Stopped")).isEqualTo(1);
    DEPLOYED.awaitViews();
  }

  private static long calls(String function) {
    return DEPLOYED.cloud().calls().of(function).values().stream().mapToLong(n -> n).sum();
  }

  @Test
  void throttlingThatLastsIsAnsweredWithWhenToTryAgainAndCounted() {
    String id = place();
    String path = "/orders/" + id + "/confirmation";
    String key = key();
    long commandCalls = calls("CommandFunction");
    long queryCalls = calls("QueryFunction");
    FAULTS.throttled = "CommandFunction";
    Answer command = api.post(path, key, "");
    FAULTS.throttled = "QueryFunction";
    Answer query = api.get("/orders/" + id + "/events");
    FAULTS.throttled = Interference.NOBODY;

    assertThat(calls("CommandFunction") - commandCalls).as("tries of the SDK").isEqualTo(5);
    assertThat(calls("QueryFunction") - queryCalls).as("tries of the SDK").isEqualTo(5);
    for (Answer answer : List.of(command, query)) {
      Problems.assertProblem(answer, 503, "throttled");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(requestLine(answer).getInt("Throttled")).isEqualTo(1);
    }
    assertThat(api.post(path, key, "").header("ETag")).isEqualTo("\"2\"");
  }

  /** The last two lead to exceptions that quote what they complain about. */
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
  void anEventThatIsNoneFailsWithoutBeingQuoted(String function, String message, String event)
      throws InterruptedException {
    InvocationResult result =
        DEPLOYED.cloud().function(function).invoke(event.formatted(MARK), TraceHeader.start());

    assertThat(result.failed()).isTrue();
    assertThat(result.payload()).contains("InvocationFailed").doesNotContain(MARK);
    assertThat(LOG.line(message, "requestId", result.requestId()).getInt("Failures")).isEqualTo(1);
  }

  @Test
  void aMessageThatIsNoPointerIsNotQuoted() {
    new Queues(backend).send("RedeliveryQueue", MARK + " is no pointer");

    JsonObject line = LOG.line("Redelivery", failed -> !failed.containsKey("stream"));

    assertThat(line.getJsonArray("failure").getJsonObject(0).getString("detail"))
        .isEqualTo("Not a pointer to something parked");
  }
}
