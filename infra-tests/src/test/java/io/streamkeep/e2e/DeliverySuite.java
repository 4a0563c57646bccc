package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Duplicates, disorder and gaps, handed to the functions as stream and queue would. */
abstract class DeliverySuite {

  private static final String ACCEPTED = "{\"batchItemFailures\":[]}";

  private final Backend backend;
  private final Api api;

  DeliverySuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @Test
  void recordsThatComeAgainInAnyOrderChangeNothing() {
    String order = api.sell("duplicates");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    Map<String, String> before = new ViewsCheck(backend).rows();
    List<Map<String, AttributeValue>> commits = StreamEvent.commits(backend, order);
    List<Map<String, AttributeValue>> again = new ArrayList<>(commits);
    Collections.reverse(again);
    again.addAll(commits);

    assertThat(backend.invoke("ProjectionFunction", StreamEvent.of(again))).isEqualTo(ACCEPTED);

    assertThat(new ViewsCheck(backend).rows()).isEqualTo(before);
  }

  /** Delivered by the stream itself: what is taken out and put back is inserted a second time. */
  @Test
  void commitsThatTheStreamDeliversTwiceAreAppliedOnce() {
    String order = api.sell("twice");
    ViewsCheck check = new ViewsCheck(backend);
    check.awaitViewsOf(Set.of(order));

    for (Map<String, AttributeValue> commit : StreamEvent.commits(backend, order)) {
      insertAgain(commit);
    }
    // Comes after them, so that they have come when it is shown.
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
  void aGapIsFilledFromTheEventTable() {
    String order = api.sell("gap");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    for (String view : List.of("order", "customer-orders")) { // one that counts would count twice
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

  @Test
  void aPointerThatIsDeliveredTwiceDoesNothing() {
    String order = api.sell("pointers");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    Map<String, String> before = new ViewsCheck(backend).rows();
    Queues queues = new Queues(backend);
    String pointer =
        "{\"subscriber\":\"order\",\"stream\":\"order#%s\",\"commit\":2}".formatted(order);

    queues.send("RedeliveryQueue", pointer);
    queues.send("RedeliveryQueue", pointer);

    await().until(() -> queues.messages("RedeliveryQueue") == 0);
    assertThat(queues.messages("DeadLetterQueue")).isZero();
    assertThat(new ViewsCheck(backend).rows()).isEqualTo(before);
  }
}
