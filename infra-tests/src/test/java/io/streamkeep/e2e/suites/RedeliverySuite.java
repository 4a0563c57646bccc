package io.streamkeep.e2e.suites;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.Tampering;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.kernel.store.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A view that fails for one order: parked, dead-lettered, repaired, redriven, correct. */
public abstract class RedeliverySuite {

  private final Backend backend;
  private final Api api;
  private final Queues queues;

  protected RedeliverySuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
    this.queues = new Queues(backend);
  }

  @Test
  void poisonedOrder_isParkedAlone_andHealsWhenRedriven() {
    String bad = api.post("/orders", Api.order("poison", Api.lines(20))).id(); // in two items
    String good = api.place("poison");
    new ViewsCheck(backend).awaitViewsOf(Set.of(bad, good));
    String sound = setMain(bad, "{}");

    for (String order : List.of(bad, good)) {
      api.put(
          "/orders/" + order + "/lines",
          Api.key(),
          "{\"lines\":[" + Api.LINE + "]}",
          "X-Correlation-Id",
          "why-" + order,
          "X-Tenant-Id",
          "shop-7",
          "traceparent",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "tracestate",
          "rojo=00f067aa0ba902b7");
      api.post("/orders/" + order + "/confirmation", "");
      api.post("/orders/" + order + "/completion", "");
    }

    // The good order proceeds in both views, the bad one in the other view.
    ViewsCheck check = new ViewsCheck(backend);
    Map<String, String> expected = check.expectedRows(Set.of(bad, good));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Map<String, String> rows = check.storedRows(Set.of(bad, good));
              for (String row :
                  List.of(
                      "order of order#" + good,
                      "customer-orders of order#" + good,
                      "customer-orders of order#" + bad)) {
                assertThat(rows).containsEntry(row, expected.get(row));
              }
            });

    List<String> dead = queues.awaitDeadLetters(1);
    String request =
        api.get("/orders/" + bad + "/events").array().getJsonObject(1).getString("causationid");
    assertThat(dead)
        .allSatisfy(
            body ->
                assertThat(body)
                    .isEqualTo(
                        """
                        {"subscriber":"order","stream":"order#%1$s","commit":2,\
                        "correlation":"why-%1$s","causation":"%2$s",\
                        "trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
                        "traceState":"rojo=00f067aa0ba902b7","tenant":"shop-7"}\
                        """
                            .formatted(bad, request)));
    Problems.assertProblem(api.get("/orders/" + bad), 503, "row-unreadable");

    setMain(bad, sound);
    queues.move("DeadLetterQueue", "RedeliveryQueue");

    new ViewsCheck(backend).awaitViewsOf(Set.of(bad, good));
    queues.awaitRedelivery();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  /** Happens when newer code was rolled back, or is not deployed everywhere yet. */
  @Test
  void unknownEventVersion_parksStream_andBlocksCommands() {
    String order = api.place("future");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    Tampering tampering = new Tampering(backend, "future");
    tampering.append(order, new RecordedEvent("order.confirmed", 99, "{}"));

    String pointer = "{\"subscriber\":\"%s\",\"stream\":\"order#%s\",\"commit\":2}";
    assertThat(queues.awaitDeadLetters(3))
        .containsExactlyInAnyOrder(
            pointer.formatted("order", order),
            pointer.formatted("customer-orders", order),
            pointer.formatted("sales", order));
    assertThat(api.get("/orders/" + order).header("ETag")).isEqualTo("\"1\"");
    Problems.assertProblem(api.post("/orders/" + order + "/completion", ""), 500, "internal");
    assertThat(api.get("/orders/" + order + "/events").array())
        .extracting(event -> event.asJsonObject().getString("type"))
        .containsExactly("io.streamkeep.order.placed.v2", "io.streamkeep.order.confirmed.v99");

    // Stands for code that knows the event version.
    tampering.deleteCommit(order, 2);
    tampering.append(order, new RecordedEvent("order.confirmed", 1, "{}"));
    queues.move("DeadLetterQueue", "RedeliveryQueue");

    assertThat(api.post("/orders/" + order + "/completion", "").status()).isEqualTo(200);
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    queues.awaitRedelivery();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  /** Overwrites an order's row except its lines; returns the old value. */
  private String setMain(String order, String main) {
    Map<String, AttributeValue> key =
        Map.of("stream", fromS("order#" + order), "view", fromS("order"));
    return requireNonNull(
            backend
                .dynamoDb()
                .updateItem(
                    u ->
                        u.tableName(backend.tableName("ViewsTable"))
                            .key(key)
                            .updateExpression("SET #main = :main")
                            .expressionAttributeNames(Map.of("#main", "main"))
                            .expressionAttributeValues(Map.of(":main", fromS(main)))
                            .returnValues("UPDATED_OLD"))
                .attributes()
                .get("main"))
        .s();
  }
}
