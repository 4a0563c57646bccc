package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.Tampering;
import io.streamkeep.e2e.support.ViewsCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Batches that the stream's mapping discards because the function keeps failing. */
public abstract class DiscardedBatchSuite {

  /** Number of the stream's consumers, each with a mapping of its own. */
  private static final int CONSUMERS = 2;

  private final Backend backend;
  private final InjectedFaults faults;
  private final Api api;
  private final Queues queues;

  protected DiscardedBatchSuite(Backend backend, InjectedFaults faults) {
    this.backend = backend;
    this.faults = faults;
    this.api = Api.of(backend);
    this.queues = new Queues(backend);
  }

  @AfterEach
  void reconnect() {
    faults.disconnected = InjectedFaults.NONE;
  }

  /** The projection is disconnected, so every applied commit comes from redelivery. */
  @Test
  void discardedBatch_isAppliedByRedelivery_whenFunctionKeepsFailing() {
    Tampering tampering = new Tampering(backend, "given-up");
    String bad = api.place("given-up");
    new ViewsCheck(backend).awaitViewsOf(Set.of(bad));
    Map<String, AttributeValue> row = tampering.breakRow(bad);

    faults.disconnected = "ProjectionFunction";
    String good = api.sell("given-up");
    api.post("/orders/" + bad + "/confirmation", "");

    ViewsCheck check = new ViewsCheck(backend);
    check.awaitViewsOf(Set.of(good));
    await()
        .untilAsserted(
            () ->
                assertThat(check.storedRows())
                    .containsEntry(
                        "customer-orders of order#" + bad,
                        check.expectedRows().get("customer-orders of order#" + bad)));
    tampering.deleteRow(row);
    check.awaitViewsOf(Set.of(good, bad));
    await().until(() -> queues.messages("RedeliveryQueue") == 0);
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  @Test
  void foreignRecord_endsInDeadLetterQueue_andOthersAreApplied() {
    String table = backend.tableName("EventsTable");
    Map<String, AttributeValue> key = Map.of("stream", fromS("nonsense"), "commit", fromN("1"));

    backend.dynamoDb().putItem(p -> p.tableName(table).item(key));
    String order = api.place("given-up");

    List<String> dead = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              dead.addAll(queues.drain("DeadLetterQueue"));
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
