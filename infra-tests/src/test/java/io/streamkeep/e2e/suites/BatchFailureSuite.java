package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FunctionLog;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.ViewsCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stream batches that fail as a whole, and records that are not commits. */
public abstract class BatchFailureSuite {

  private static final List<String> CONSUMERS = List.of("ProjectionFunction", "ReactionFunction");

  private final Backend backend;
  private final InjectedFaults faults;
  private final FunctionLog log;
  private final Api api;
  private final Queues queues;

  protected BatchFailureSuite(Backend backend, InjectedFaults faults, FunctionLog log) {
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
  void failingBatch_isRetried_untilFunctionRecovers() {
    // Follows all earlier commits in the shard: none of them is in the batch that fails.
    new ViewsCheck(backend).awaitViewsOf(Set.of(api.place("batch-failure")));
    faults.disconnected = "ProjectionFunction";
    String order = api.sell("batch-failure");
    await()
        .until(
            () ->
                log.lines("Batch failed")
                        .filter(line -> line.getString("stream").equals("order#" + order))
                        .count()
                    > 1);
    faults.disconnected = InjectedFaults.NONE;

    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    assertThat(queues.messages("RedeliveryQueue")).isZero();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  @Test
  void foreignRecord_isSkippedAndCounted_andCommitsAreApplied() {
    String table = backend.tableName("EventsTable");
    Map<String, AttributeValue> key = Map.of("stream", fromS("nonsense"), "commit", fromN("1"));

    backend.dynamoDb().putItem(p -> p.tableName(table).item(key));
    String order = api.place("batch-failure");
    for (String consumer : CONSUMERS) {
      log.awaitLine(
          "Batch",
          line ->
              line.getString("function").equals("streamkeep-" + consumer)
                  && line.getInt("ForeignRecords", 0) == 1);
    }
    // Reading the whole table, as the check does, needs every item to be a commit.
    backend.dynamoDb().deleteItem(d -> d.tableName(table).key(key));
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }
}
