package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.e2e.support.AggregateApi;
import io.streamkeep.e2e.support.AggregateExamples;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FeedCheck;
import io.streamkeep.e2e.support.ForEachExposedAggregate;
import io.streamkeep.e2e.support.FunctionLog;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.Rewinding;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Commits that the stream never delivered. Only this suite invokes the reconciler. */
public abstract class ReconcilerSuite {

  private static final String DROPPED = "dropped-on-its-way";

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

  /** The views of one stream are stale; those of another are missing. */
  @ForEachExposedAggregate
  void missedCommits_areRepairedOnce_whenOldEnough(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    List<? extends CommandOperation<?>> changes = new AggregateExamples<>(module).changes();
    StreamId stale = aggregate.stream(aggregate.create());
    check.awaitViewsOf(Set.of(stale.key()));
    StreamId missing =
        aggregate.stream(
            AggregateApi.key(aggregate.create(Api.key(), "X-Correlation-Id", DROPPED)));
    List<StreamId> both = List.of(stale, missing);
    both.forEach(stream -> changes.forEach(change -> drop(aggregate, change, stream)));
    StreamId delivered = order(awaitDeliveryOfEarlierCommits());
    assertThat(check.storedRows().keySet()).noneMatch(row -> row.endsWith(missing.toString()));

    reconcile();
    assertThat(repaired(both)).isZero(); // too recent: may still arrive
    both.forEach(stream -> age(aggregate, stream));
    tampering.age(delivered, 1);
    reconcile();

    assertThat(check.storedRows())
        .containsAllEntriesOf(check.expectedRows(Set.of(stale.key(), missing.key())));
    assertThat(repaired(List.of(stale))).isEqualTo(subscribers(stale));
    assertThat(repaired(List.of(missing))).isEqualTo(subscribers(missing));
    assertThat(repaired(List.of(delivered))).isZero();
    reconcile();
    assertThat(repaired(List.of(stale, missing, delivered)))
        .isEqualTo(subscribers(stale) + subscribers(missing));
  }

  private static void drop(AggregateApi aggregate, CommandOperation<?> change, StreamId stream) {
    aggregate.send(change, stream.key(), Api.key(), "X-Correlation-Id", DROPPED);
  }

  private void age(AggregateApi aggregate, StreamId stream) {
    aggregate.commits(stream.key()).forEach(commit -> tampering.age(stream, (int) commit.number()));
  }

  /** The number of subscribers: the views, the feed and the publisher. */
  private static int subscribers(StreamId stream) {
    return ViewsCheck.rows(stream) + 2;
  }

  private static StreamId order(String id) {
    return new StreamId("order", id);
  }

  /** A large order's lines are stored in a separate item. */
  @Test
  void staleRowOfTwoItems_isRepaired() {
    StreamId large = order(api.post("/orders", Api.order("reconciler", Api.lines(20))).id());
    check.awaitViewsOf(Set.of(large.key()));
    String lines = "{\"lines\":[" + Api.LINE + "]}";
    api.put("/orders/" + large.key() + "/lines", Api.key(), lines, "X-Correlation-Id", DROPPED);
    awaitDeliveryOfEarlierCommits();
    tampering.age(large, 2);

    reconcile();

    assertThat(check.storedRows()).containsAllEntriesOf(check.expectedRows(Set.of(large.key())));
    assertThat(repaired(List.of(large))).isEqualTo(subscribers(large));
  }

  @Test
  void missedPoison_isParked_whenReconcilerFindsIt() {
    String bad = api.place("reconciler");
    check.awaitViewsOf(Set.of(bad));
    Map<String, AttributeValue> row = tampering.breakRow(bad);
    dropped("/orders/" + bad + "/confirmation", "");
    awaitDeliveryOfEarlierCommits();
    tampering.age(order(bad), 2);

    reconcile();

    JsonObject line = log.awaitLine("Repaired", "stream", "order#" + bad);
    assertThat(line.getInt("Repaired")).isEqualTo(subscribers(order(bad)));
    assertThat(line.getInt("parked")).isEqualTo(1);
    assertThat(log.awaitLine("Parked", "stream", "order#" + bad).getString("subscriber"))
        .isEqualTo("order");
    String other = "customer-orders of order#" + bad;
    assertThat(check.storedRows()).containsEntry(other, check.expectedRows(Set.of(bad)).get(other));
    reconcile();
    assertThat(repaired(List.of(order(bad))))
        .isEqualTo(subscribers(order(bad))); // redelivery handles parked subscribers

    tampering.deleteRow(row);
    check.awaitViewsOf(Set.of(bad));
    queues.awaitRedelivery();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  /** The dead-letter queue keeps a message for two weeks. */
  @Test
  void expiredParking_isSentToRedeliveryAgain() {
    String order = api.place("reconciler");
    check.awaitViewsOf(Set.of(order));
    ParkedPosition position =
        new ParkedPosition("order", new StreamId("order", order), 2, Metadata.NONE);
    new DynamoViewStore(backend.dynamoDb(), backend.tableName("ViewsTable"))
        .park(position, "why", Instant.now().minus(Duration.ofDays(16)));
    api.post("/orders/" + order + "/confirmation", "");

    reconcile();

    check.awaitViewsOf(Set.of(order));
    assertThat(log.lines("Redelivery").map(line -> line.getString("stream", "")))
        .containsOnlyOnce("order#" + order);
    assertThat(repaired(List.of(order(order)))).isZero();
  }

  /** Nothing is delivered from the stream any more. */
  @ParameterizedTest
  @ValueSource(strings = {"order", "outbound", "feed"})
  void cursorAheadOfAnIdleStream_isParked(String subscriber) {
    StreamId order = order(api.sell("reconciler"));
    check.awaitViewsOf(Set.of(order.key()));
    new FeedCheck(backend, 4).awaitComplete();
    tampering.setCursor(order, subscriber, 9);
    tampering.deleteRow(Map.of("stream", fromS("reconciler"), "view", fromS("#audit/1")));

    String parked = "/operations/parked?stream=order%23" + order.key();
    await()
        .until(
            () -> {
              reconcile();
              return api.get(parked).text();
            },
            text -> text.contains("\"" + subscriber + "\""));
    assertThat(api.get(parked).text()).contains("A cursor ahead of its stream");

    if (subscriber.equals("feed")) {
      tampering.setCursor(order, subscriber, 3); // the feed is not rebuilt
    } else {
      new Rewinding(backend).run();
    }
    queues.awaitRedelivery();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
    assertThat(api.get(parked).text()).isEqualTo("{\"parked\":[]}");
  }

  /** The state after events were restored to an earlier time. */
  @Test
  void rowAheadOfItsStream_isRebuilt_onRequest() {
    StreamId order = order(api.sell("reconciler"));
    check.awaitViewsOf(Set.of(order.key()));
    Map<String, String> expected = check.storedRows(Set.of(order.key()));
    tampering.setCursor(order, "order", 9);
    tampering.setCursor(order, "sales", 9);

    assertThat(new Rewinding(backend).run()).isGreaterThanOrEqualTo(2);

    assertThat(check.storedRows(Set.of(order.key()))).isEqualTo(expected);
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
    queues.awaitRedelivery();
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

  private int repaired(List<StreamId> streams) {
    List<String> names = streams.stream().map(StreamId::toString).toList();
    return log.lines("Repaired")
        .filter(line -> names.contains(line.getString("stream")))
        .mapToInt(line -> line.getInt("Repaired"))
        .sum();
  }
}
