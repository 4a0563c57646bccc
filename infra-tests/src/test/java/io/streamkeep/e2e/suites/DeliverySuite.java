package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.StreamEvent;
import io.streamkeep.e2e.support.ViewsCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Duplicated, reordered and missing records, passed to the functions as stream and queue would. */
public abstract class DeliverySuite {

  private static final String ACCEPTED = "{\"batchItemFailures\":[]}";

  private final Backend backend;
  private final Api api;

  protected DeliverySuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @Test
  void duplicatedRecords_changeNothing_inAnyOrder() {
    String order = api.sell("duplicates");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    Map<String, String> before = new ViewsCheck(backend).storedRows();
    List<Map<String, AttributeValue>> commits = StreamEvent.commits(backend, order);
    List<Map<String, AttributeValue>> again = new ArrayList<>(commits);
    Collections.reverse(again);
    again.addAll(commits);

    assertThat(backend.invoke("ProjectionFunction", StreamEvent.of(again))).isEqualTo(ACCEPTED);

    assertThat(new ViewsCheck(backend).storedRows()).isEqualTo(before);
  }

  /** Deletes and restores the items, so that the stream itself delivers them again. */
  @Test
  void commit_isAppliedOnce_whenStreamDeliversItTwice() {
    String order = api.sell("twice");
    ViewsCheck check = new ViewsCheck(backend);
    check.awaitViewsOf(Set.of(order));

    for (Map<String, AttributeValue> commit : StreamEvent.commits(backend, order)) {
      insertAgain(commit);
    }
    // Follows them in the shard: once it is visible, they were delivered.
    api.post("/orders/" + order + "/returns", "{\"lines\":[{\"line\":1,\"quantity\":1}]}");

    check.awaitViewsOf(Set.of(order));
    Queues queues = new Queues(backend);
    assertThat(queues.messages("RedeliveryQueue") + queues.messages("DeadLetterQueue")).isZero();
  }

  private void insertAgain(Map<String, AttributeValue> commit) {
    Map<String, AttributeValue> key = new HashMap<>(commit);
    key.keySet().retainAll(Set.of("stream", "commit"));
    String table = backend.tableName("EventsTable");
    backend.dynamoDb().deleteItem(d -> d.tableName(table).key(key));
    backend.dynamoDb().putItem(p -> p.tableName(table).item(commit));
  }

  @Test
  void gap_isFilledFromEventTable() {
    String order = api.sell("gap");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    for (String view :
        List.of("order", "customer-orders")) { // a view with totals would count twice
      backend
          .dynamoDb()
          .deleteItem(
              d ->
                  d.tableName(backend.tableName("ViewsTable"))
                      .key(Map.of("stream", fromS("order#" + order), "view", fromS(view))));
    }
    assertThat(api.get("/orders/" + order).status()).isEqualTo(404);

    String newest = StreamEvent.of(List.of(StreamEvent.commits(backend, order).getLast()));
    assertThat(backend.invoke("ProjectionFunction", newest)).isEqualTo(ACCEPTED);

    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
  }

  @ParameterizedTest
  @ValueSource(strings = {"order", "feed", "outbound"})
  void redeliveryMessage_changesNothing_whenDeliveredTwice(String subscriber) {
    String order = api.sell("positions");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    Map<String, String> before = new ViewsCheck(backend).storedRows();
    Queues queues = new Queues(backend);
    String position =
        "{\"subscriber\":\"%s\",\"stream\":\"order#%s\",\"commit\":2}".formatted(subscriber, order);

    queues.send("RedeliveryQueue", position);
    queues.send("RedeliveryQueue", position);

    queues.awaitRedelivery();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
    assertThat(new ViewsCheck(backend).storedRows()).isEqualTo(before);
  }
}
