package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the stream's mapping gives up on, because the function fails whatever it tries. */
abstract class GivenUpSuite {

  private final Backend backend;
  private final Api api;

  GivenUpSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @Test
  void whatIsNotOfAStreamEndsInTheDeadLetterQueueAndTheRestGoesOn() {
    Queues queues = new Queues(backend);
    String table = backend.tableName("EventsTable");
    Map<String, AttributeValue> key = Map.of("stream", fromS("nonsense"), "commit", fromN("1"));

    backend.dynamoDb().putItem(p -> p.tableName(table).item(key));
    String order = api.place("given-up");

    List<String> dead =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> queues.take("DeadLetterQueue"), messages -> !messages.isEmpty());
    assertThat(dead)
        .singleElement()
        .asString()
        .contains("\"condition\":\"RetryAttemptsExhausted\"", "\"batchSize\":1,");
    backend.dynamoDb().deleteItem(d -> d.tableName(table).key(key));
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
  }
}
