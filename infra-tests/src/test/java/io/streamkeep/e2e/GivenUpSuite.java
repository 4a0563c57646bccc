package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the stream's mapping gives up on, because the function fails whatever it tries. */
abstract class GivenUpSuite {

  /** Of the stream, each with a mapping that gives up. */
  private static final int CONSUMERS = 2;

  private final Backend backend;
  private final Interference faults;
  private final Api api;
  private final Queues queues;

  GivenUpSuite(Backend backend, Interference faults) {
    this.backend = backend;
    this.faults = faults;
    this.api = Api.of(backend);
    this.queues = new Queues(backend);
  }

  @AfterEach
  void nobodyIsCutOff() {
    faults.cutOff = Interference.NOBODY;
  }

  /** The projection does nothing here, so what is in the views was delivered by the redelivery. */
  @Test
  void whatFailedForLongerThanItIsTriedHealsByItself() {
    Tampering tampering = new Tampering(backend, "given-up");
    String bad = api.place("given-up");
    new ViewsCheck(backend).awaitViewsOf(Set.of(bad));
    Map<String, AttributeValue> row = tampering.breakRow(bad);

    faults.cutOff = "ProjectionFunction";
    String good = api.sell("given-up");
    api.post("/orders/" + bad + "/confirmation", "");

    ViewsCheck check = new ViewsCheck(backend);
    check.awaitViewsOf(Set.of(good));
    await()
        .untilAsserted(
            () ->
                assertThat(check.rows())
                    .containsEntry(
                        "customer-orders of order#" + bad,
                        check.fold().get("customer-orders of order#" + bad)));
    tampering.deleteRow(row);
    check.awaitViewsOf(Set.of(good, bad));
    await().until(() -> queues.messages("RedeliveryQueue") == 0);
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  @Test
  void whatIsNotOfAStreamEndsInTheDeadLetterQueueAndTheRestGoesOn() {
    String table = backend.tableName("EventsTable");
    Map<String, AttributeValue> key = Map.of("stream", fromS("nonsense"), "commit", fromN("1"));

    backend.dynamoDb().putItem(p -> p.tableName(table).item(key));
    String order = api.place("given-up");

    List<String> dead = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              dead.addAll(queues.take("DeadLetterQueue"));
              assertThat(dead).hasSize(CONSUMERS);
            });
    assertThat(dead)
        .allSatisfy(
            message ->
                assertThat(message)
                    .contains("\"condition\":\"RetryAttemptsExhausted\"", "\"batchSize\":1,"));
    backend.dynamoDb().deleteItem(d -> d.tableName(table).key(key));
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
  }
}
