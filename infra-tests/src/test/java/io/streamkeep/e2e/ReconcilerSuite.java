package io.streamkeep.e2e;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.localcloud.services.StreamArn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** What the stream never delivered. Nobody else calls the reconciler meanwhile. */
abstract class ReconcilerSuite {

  private static final String LOST = "lost-on-its-way";

  /** The views, the feed, and what publishes. */
  private static final int SUBSCRIBERS = Views.all().size() + 2;

  private static final String LINES = "{\"lines\":[" + Api.LINE + "]}";

  private final Backend backend;
  private final Interference faults;
  private final FunctionLog log;
  private final Api api;
  private final ViewsCheck check;
  private final Tampering tampering;
  private final Queues queues;

  ReconcilerSuite(Backend backend, Interference faults, FunctionLog log) {
    this.backend = backend;
    this.faults = faults;
    this.log = log;
    this.api = Api.of(backend);
    this.check = new ViewsCheck(backend);
    this.tampering = new Tampering(backend, "reconciler");
    this.queues = new Queues(backend);
  }

  @BeforeEach
  void loseWhatIsMarked() {
    faults.lost = LOST;
  }

  @AfterEach
  void loseNothing() {
    faults.lost = Interference.NOBODY;
  }

  @Test
  void whatWasNeverDeliveredIsRepairedAndCountedOnce() {
    String large = api.post("/orders", Api.order("reconciler", Api.lines(20))).id(); // two items
    check.awaitViewsOf(Set.of(large));
    api.put("/orders/" + large + "/lines", Api.key(), LINES, "X-Correlation-Id", LOST);
    String whole = lost("/orders", Api.order("reconciler", Api.LINE)).id();
    lost("/orders/" + whole + "/confirmation", "");
    String delivered = afterTheseNothingIsOnItsWay();
    assertThat(check.rows()).doesNotContainKey("order of order#" + whole);

    reconcile();
    assertThat(repaired(large, whole)).isZero(); // it may still be on its way
    tampering.age(large, 2);
    tampering.age(whole, 1);
    tampering.age(whole, 2);
    tampering.age(delivered, 1);
    reconcile();

    assertThat(check.rows())
        .containsAllEntriesOf(foldOf(large))
        .containsAllEntriesOf(foldOf(whole));
    assertThat(repaired(large)).isEqualTo(SUBSCRIBERS);
    assertThat(repaired(whole)).isEqualTo(SUBSCRIBERS);
    assertThat(repaired(delivered)).isZero();
    reconcile();
    assertThat(repaired(large, whole, delivered)).isEqualTo(2 * SUBSCRIBERS);
  }

  @Test
  void whatIsPoisonIsParkedWhenItIsFound() {
    String bad = api.place("reconciler");
    check.awaitViewsOf(Set.of(bad));
    Map<String, AttributeValue> row = tampering.breakRow(bad);
    lost("/orders/" + bad + "/confirmation", "");
    afterTheseNothingIsOnItsWay();
    tampering.age(bad, 2);

    reconcile();

    JsonObject line = log.line("Repaired", "stream", "order#" + bad);
    assertThat(line.getInt("Repaired")).isEqualTo(SUBSCRIBERS);
    assertThat(line.getInt("parked")).isEqualTo(1);
    assertThat(log.line("Parked", "stream", "order#" + bad).getString("subscriber"))
        .isEqualTo("order");
    String other = "customer-orders of order#" + bad;
    assertThat(check.rows()).containsEntry(other, check.fold().get(other));
    reconcile();
    assertThat(repaired(bad)).isEqualTo(SUBSCRIBERS); // who is parked is redelivery's

    tampering.deleteRow(row);
    check.awaitViewsOf(Set.of(bad));
    await().atMost(Duration.ofSeconds(60)).until(() -> queues.messages("RedeliveryQueue") == 0);
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  /** The dead-letter queue keeps a pointer for two weeks. */
  @Test
  void whatIsParkedAndForgottenIsTriedAgain() {
    String order = api.place("reconciler");
    check.awaitViewsOf(Set.of(order));
    ParkedPosition pointer = new ParkedPosition("order", new StreamId("order", order), 2, Metadata.NONE);
    new DynamoViewStore(backend.dynamoDb(), backend.tableName("ViewsTable"))
        .park(pointer, "why", Instant.now().minus(Duration.ofDays(16)));
    api.post("/orders/" + order + "/confirmation", "");

    reconcile();

    check.awaitViewsOf(Set.of(order));
    assertThat(log.lines("Redelivery").map(line -> line.getString("stream", "")))
        .containsOnlyOnce("order#" + order);
    assertThat(repaired(order)).isZero();
  }

  /** What was in it is found in the event table. */
  @Test
  void aGivenUpBatchThatTheStreamNoLongerHasIsDone() {
    String table = backend.tableName("EventsTable");
    String stream =
        StreamArn.shown(
            backend.dynamoDb().describeTable(d -> d.tableName(table)).table().latestStreamArn());

    queues.send(
        "RedeliveryQueue",
        """
        {"DDBStreamBatchInfo": {"shardId": "shardId-00000001577836800000-00000000",
         "startSequenceNumber": "000000000000000000001", "endSequenceNumber": "000000000000000000002",
         "batchSize": 2, "streamArn": "%s"}}"""
            .formatted(stream));

    JsonObject line = log.line("Redelivery", "outcome", "trimmed");
    assertThat(line.getInt("receives")).isEqualTo(1);
    await().until(() -> queues.messages("RedeliveryQueue") == 0);
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  private Api.Answer lost(String path, String body) {
    return api.post(path, Api.key(), body, "X-Correlation-Id", LOST);
  }

  /** A shard's records come in order: when the last one is in the views, all have come. */
  private String afterTheseNothingIsOnItsWay() {
    String last = api.place("reconciler");
    check.awaitViewsOf(Set.of(last));
    return last;
  }

  /** All of the table, which is small, is one slice; its line is written after those of repairs. */
  private void reconcile() {
    long before = log.lines("Reconciliation").count();
    backend.invoke("ReconcilerFunction", "{}");
    await().until(() -> log.lines("Reconciliation").count() > before);
  }

  private Map<String, String> foldOf(String order) {
    Map<String, String> fold = check.fold();
    fold.keySet().removeIf(row -> !row.endsWith(order));
    assertThat(fold).hasSize(Views.all().size());
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
