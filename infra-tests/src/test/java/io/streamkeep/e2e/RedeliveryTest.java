package io.streamkeep.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.localcloud.LocalCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A view that can't go on for one order: parked, dead, mended, redriven, right. */
final class RedeliveryTest {

  @RegisterExtension static final Deployed DEPLOYED = new Deployed();

  private final Api api = DEPLOYED.api();
  private final LocalCloud cloud = DEPLOYED.cloud();

  @Test
  void onlyTheOrderThatThrowsIsParkedAndItHealsWhenItIsRedriven() {
    String bad = api.place("poison");
    String good = api.place("poison");
    new ViewsCheck(cloud).awaitViews(2);
    String sound = setRow(bad, "not JSON");

    for (String order : List.of(bad, good)) {
      api.post("/orders/" + order + "/confirmation", "");
      api.post("/orders/" + order + "/completion", "");
    }

    // The other order goes on in both views, the bad one in the other view.
    Map<String, String> expected = new ViewsCheck(cloud).fold();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              Map<String, String> rows = new ViewsCheck(cloud).rows();
              for (String row :
                  List.of(
                      "order of order#" + good,
                      "customer-orders of order#" + good,
                      "customer-orders of order#" + bad)) {
                assertThat(rows).containsEntry(row, expected.get(row));
              }
            });

    List<String> dead = awaitDeadLetters();
    assertThat(dead)
        .allSatisfy(
            body ->
                assertThat(body)
                    .isEqualTo(
                        "{\"subscriber\":\"order\",\"stream\":\"order#"
                            + bad
                            + "\",\"commit\":2}"));
    assertThat(api.get("/orders/" + bad).text()).isEqualTo("not JSON");

    setRow(bad, sound);
    redrive();

    new ViewsCheck(cloud).awaitViews(2);
    await().atMost(Duration.ofSeconds(30)).until(() -> messages("RedeliveryQueue") == 0);
    assertThat(messages("DeadLetterQueue")).isZero();
  }

  /** Waits until the redelivery queue has given up all that was parked. */
  private List<String> awaitDeadLetters() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> messages("DeadLetterQueue") > 0 && messages("RedeliveryQueue") == 0);
    return cloud
        .sqs()
        .receiveMessage(
            r ->
                r.queueUrl(cloud.queueUrl("DeadLetterQueue"))
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(0))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  private void redrive() {
    cloud
        .sqs()
        .startMessageMoveTask(
            m -> m.sourceArn(arn("DeadLetterQueue")).destinationArn(arn("RedeliveryQueue")));
  }

  private String arn(String queue) {
    return attribute(queue, QueueAttributeName.QUEUE_ARN);
  }

  /** All messages of a queue, also those in flight. */
  private int messages(String queue) {
    return Integer.parseInt(attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
        + Integer.parseInt(
            attribute(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private String attribute(String queue, QueueAttributeName name) {
    return requireNonNull(
        cloud
            .sqs()
            .getQueueAttributes(
                g -> g.queueUrl(cloud.queueUrl(queue)).attributeNames(QueueAttributeName.ALL))
            .attributes()
            .get(name));
  }

  /** Overwrites what the order view says of an order; returns what it said. */
  private String setRow(String order, String data) {
    Map<String, AttributeValue> key =
        Map.of("stream", fromS("order#" + order), "view", fromS("order"));
    return requireNonNull(
            cloud
                .dynamoDb()
                .updateItem(
                    u ->
                        u.tableName(cloud.tableName("ViewsTable"))
                            .key(key)
                            .updateExpression("SET #data = :data")
                            .expressionAttributeNames(Map.of("#data", "data"))
                            .expressionAttributeValues(Map.of(":data", fromS(data)))
                            .returnValues("UPDATED_OLD"))
                .attributes()
                .get("data"))
        .s();
  }
}
