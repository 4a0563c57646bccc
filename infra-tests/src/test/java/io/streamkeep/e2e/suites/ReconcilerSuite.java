package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FunctionLog;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.Tampering;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Commits that the stream never delivered. Only this suite invokes the reconciler. */
public abstract class ReconcilerSuite {

  private static final String DROPPED = "dropped-on-its-way";

  /** The views, the feed and the publisher. */
  private static final int SUBSCRIBERS = OrderModule.ORDER.projections().size() + 2;

  private static final String LINES = "{\"lines\":[" + Api.LINE + "]}";

  private final Backend backend;
  private final InjectedFaults faults;
  private final FunctionLog log;
  private final Api api;
  private final ViewsCheck check;
  private final Tampering tampering;
  private final Queues queues;

  protected ReconcilerSuite(Backend backend, InjectedFaults faults, FunctionLog log) {
    this.backend = backend;
    this.faults = faults;
    this.log = log;
    this.api = Api.of(backend);
    this.check = new ViewsCheck(backend);
    this.tampering = new Tampering(backend, "reconciler");
    this.queues = new Queues(backend);
  }

  @BeforeEach
  void dropMarkedRecords() {
    faults.dropped = DROPPED;
  }

  @AfterEach
  void dropNothing() {
    faults.dropped = InjectedFaults.NONE;
  }

  @Test
  void missedCommits_areRepairedOnce_whenOldEnough() {
    String large = api.post("/orders", Api.order("reconciler", Api.lines(20))).id(); // two items
    check.awaitViewsOf(Set.of(large));
    api.put("/orders/" + large + "/lines", Api.key(), LINES, "X-Correlation-Id", DROPPED);
    String whole = dropped("/orders", Api.order("reconciler", Api.LINE)).id();
    dropped("/orders/" + whole + "/confirmation", "");
    String delivered = awaitDeliveryOfEarlierCommits();
    assertThat(check.storedRows()).doesNotContainKey("order of order#" + whole);

    reconcile();
    assertThat(repaired(large, whole)).isZero(); // too recent: may still arrive
    tampering.age(large, 2);
    tampering.age(whole, 1);
    tampering.age(whole, 2);
    tampering.age(delivered, 1);
    reconcile();

    assertThat(check.storedRows())
        .containsAllEntriesOf(foldOf(large))
        .containsAllEntriesOf(foldOf(whole));
    assertThat(repaired(large)).isEqualTo(SUBSCRIBERS);
    assertThat(repaired(whole)).isEqualTo(SUBSCRIBERS);
    assertThat(repaired(delivered)).isZero();
    reconcile();
    assertThat(repaired(large, whole, delivered)).isEqualTo(2 * SUBSCRIBERS);
  }

  @Test
  void missedPoison_isParked_whenReconcilerFindsIt() {
    String bad = api.place("reconciler");
    check.awaitViewsOf(Set.of(bad));
    Map<String, AttributeValue> row = tampering.breakRow(bad);
    dropped("/orders/" + bad + "/confirmation", "");
    awaitDeliveryOfEarlierCommits();
    tampering.age(bad, 2);

    reconcile();

    JsonObject line = log.awaitLine("Repaired", "stream", "order#" + bad);
    assertThat(line.getInt("Repaired")).isEqualTo(SUBSCRIBERS);
    assertThat(line.getInt("parked")).isEqualTo(1);
    assertThat(log.awaitLine("Parked", "stream", "order#" + bad).getString("subscriber"))
        .isEqualTo("order");
    String other = "customer-orders of order#" + bad;
    assertThat(check.storedRows()).containsEntry(other, check.expectedRows().get(other));
    reconcile();
    assertThat(repaired(bad)).isEqualTo(SUBSCRIBERS); // redelivery handles parked subscribers

    tampering.deleteRow(row);
    check.awaitViewsOf(Set.of(bad));
    await().atMost(Duration.ofSeconds(60)).until(() -> queues.messages("RedeliveryQueue") == 0);
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  /** The dead-letter queue keeps a message for two weeks. */
  @Test
  void expiredParking_isSentToRedeliveryAgain() {
    String order = api.place("reconciler");
    check.awaitViewsOf(Set.of(order));
    ParkedPosition pointer =
        new ParkedPosition("order", new StreamId("order", order), 2, Metadata.NONE);
    new DynamoViewStore(backend.dynamoDb(), backend.tableName("ViewsTable"))
        .park(pointer, "why", Instant.now().minus(Duration.ofDays(16)));
    api.post("/orders/" + order + "/confirmation", "");

    reconcile();

    check.awaitViewsOf(Set.of(order));
    assertThat(log.lines("Redelivery").map(line -> line.getString("stream", "")))
        .containsOnlyOnce("order#" + order);
    assertThat(repaired(order)).isZero();
  }

  /** Arrives when an operator redrives the dead-letter queue. */
  @Test
  void discardedBatch_isLeftToReconciler_whenRedriven() {
    queues.send(
        "RedeliveryQueue",
        """
        {"DDBStreamBatchInfo": {"shardId": "shardId-00000001577836800000-00000000",
         "startSequenceNumber": "000000000000000000001", "endSequenceNumber": "000000000000000000002",
         "batchSize": 2}}\
        """);

    JsonObject line = log.awaitLine("Redelivery", "outcome", "left-to-reconciler");
    assertThat(line.getInt("receives")).isEqualTo(1);
    await().until(() -> queues.messages("RedeliveryQueue") == 0);
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  private Api.Response dropped(String path, String body) {
    return api.post(path, Api.key(), body, "X-Correlation-Id", DROPPED);
  }

  /** A shard's records arrive in order: once the last one is in the views, all have arrived. */
  private String awaitDeliveryOfEarlierCommits() {
    String last = api.place("reconciler");
    check.awaitViewsOf(Set.of(last));
    return last;
  }

  /** The small table is a single slice, whose line follows those of its repairs. */
  private void reconcile() {
    long before = log.lines("Reconciliation").count();
    backend.invoke("ReconcilerFunction", "{}");
    await().until(() -> log.lines("Reconciliation").count() > before);
  }

  private Map<String, String> foldOf(String order) {
    Map<String, String> fold = check.expectedRows();
    fold.keySet().removeIf(row -> !row.endsWith(order));
    assertThat(fold).hasSize(OrderModule.ORDER.projections().size());
    return fold;
  }

  private int repaired(String... orders) {
    List<String> streams = List.of(orders).stream().map(order -> "order#" + order).toList();
    return log.lines("Repaired")
        .filter(line -> streams.contains(line.getString("stream")))
        .mapToInt(line -> line.getInt("Repaired"))
        .sum();
  }
}
