package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FunctionLog;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.ViewsCheck;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Batches of the stream that fail, and records that are not commits. */
public abstract class StreamFailureSuite {

  private final Backend backend;
  private final InjectedFaults faults;
  private final FunctionLog log;
  private final Api api;
  private final Queues queues;

  protected StreamFailureSuite(Backend backend, InjectedFaults faults, FunctionLog log) {
    this.backend = backend;
    this.faults = faults;
    this.log = log;
    this.api = Api.of(backend);
    this.queues = new Queues(backend);
  }

  @AfterEach
  void reconnect() {
    faults.disconnected = InjectedFaults.NONE;
  }

  @Test
  void batch_isRetriedUntilItIsApplied_whenFunctionKeepsFailing() {
    faults.disconnected = "ProjectionFunction";
    String order = api.sell("retried");
    for (int failures = 0; failures < 3; failures++) {
      long before = batchFailures();
      log.awaitLine("Batch failed", line -> batchFailures() > before);
    }

    faults.disconnected = InjectedFaults.NONE;

    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    assertThat(queues.messages("RedeliveryQueue")).isZero();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  private long batchFailures() {
    return log.lines("Batch failed").count();
  }

  @Test
  void foreignRecord_isSkippedAndCounted_andOthersAreApplied() {
    String table = backend.tableName("EventsTable");
    Map<String, AttributeValue> key = Map.of("stream", fromS("nonsense"), "commit", fromN("1"));

    backend.dynamoDb().putItem(p -> p.tableName(table).item(key));
    String order = api.place("foreign");

    for (String function : List.of("ProjectionFunction", "ReactionFunction")) {
      JsonObject line = log.awaitLine("Batch", isForeignIn(function));
      assertThat(line.getInt("ForeignRecords")).isEqualTo(1);
    }
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    assertThat(queues.messages("DeadLetterQueue")).isZero();
    backend.dynamoDb().deleteItem(d -> d.tableName(table).key(key));
  }

  private Predicate<JsonObject> isForeignIn(String function) {
    String name = backend.physical(function);
    return line -> line.getString("function").equals(name) && line.containsKey("ForeignRecords");
  }
}
