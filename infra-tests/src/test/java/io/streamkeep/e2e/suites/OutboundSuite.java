package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.StreamEvent;
import io.streamkeep.e2e.support.ViewsCheck;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Events published to other systems. */
public abstract class OutboundSuite {

  private final Backend backend;
  private final Api api;
  private final List<Message> received = new ArrayList<>();

  protected OutboundSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @Test
  void orderEvents_arePublishedInOrder() {
    String order = api.sell("outbound");
    api.post("/orders/" + order + "/returns", "{\"lines\":[{\"line\":1,\"quantity\":2}]}");
    api.post("/operations/parked/redrive?all=true", ""); // its events are not published

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(receive("order#" + order)).hasSize(4));

    List<Message> messages = receive("order#" + order);
    assertThat(messages.stream().map(message -> event(message.body())).toList())
        .isEqualTo(api.get("/orders/" + order + "/events").array());
    assertThat(messages.stream().map(OutboundSuite::deduplicationId).toList())
        .startsWith("order#" + order + "/1/1", "order#" + order + "/2/1")
        .doesNotHaveDuplicates();
    assertThat(received).noneMatch(message -> group(message).startsWith("redrive#"));
  }

  @Test
  void largestOrder_isPublished() {
    String order = api.post("/orders", Api.largestOrder("outbound")).id();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(receive("order#" + order)).hasSize(1));
  }

  @Test
  void missedEvents_arePublishedFromEventTable() {
    String order = api.sell("outbound");
    awaitCursor(order, "3");
    deleteCursor(order);

    List<Map<String, AttributeValue>> commits = StreamEvent.commits(backend, order);
    assertThat(backend.invoke("ReactionFunction", StreamEvent.of(List.of(commits.getLast()))))
        .isEqualTo("{\"batchItemFailures\":[]}");

    awaitCursor(order, "3");
  }

  @Test
  void publisher_isParked_untilItsCursorIsRepaired() {
    String order = api.place("outbound");
    awaitCursor(order, "1");
    backend
        .dynamoDb()
        .updateItem(
            u ->
                u.tableName(backend.tableName("ViewsTable"))
                    .key(cursorKey(order))
                    .updateExpression("SET #commit = :broken")
                    .expressionAttributeNames(Map.of("#commit", "commit"))
                    .expressionAttributeValues(Map.of(":broken", fromS("broken"))));
    api.post("/orders/" + order + "/confirmation", "");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    Queues queues = new Queues(backend);
    await().atMost(Duration.ofSeconds(30)).until(() -> queues.messages("RedeliveryQueue") > 0);

    deleteCursor(order);

    awaitCursor(order, "2");
    queues.awaitRedelivery();
    assertThat(queues.messages("DeadLetterQueue")).isZero();
  }

  private void awaitCursor(String order, String commit) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        backend
                            .dynamoDb()
                            .getItem(
                                g ->
                                    g.tableName(backend.tableName("ViewsTable"))
                                        .key(cursorKey(order))
                                        .consistentRead(true))
                            .item())
                    .containsEntry("commit", fromN(commit)));
  }

  private void deleteCursor(String order) {
    backend
        .dynamoDb()
        .deleteItem(d -> d.tableName(backend.tableName("ViewsTable")).key(cursorKey(order)));
  }

  private static Map<String, AttributeValue> cursorKey(String order) {
    return Map.of("stream", fromS("order#" + order), "view", fromS("outbound"));
  }

  /** All messages of a group so far. */
  private List<Message> receive(String group) {
    String url = backend.queueUrl("OutboundQueue");
    List<Message> page;
    do {
      page =
          backend
              .sqs()
              .receiveMessage(
                  r ->
                      r.queueUrl(url)
                          .maxNumberOfMessages(10)
                          .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages();
      for (Message message : page) {
        received.add(message);
        backend.sqs().deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    } while (!page.isEmpty());
    return received.stream().filter(message -> group(message).equals(group)).toList();
  }

  private static String group(Message message) {
    return attribute(message, MessageSystemAttributeName.MESSAGE_GROUP_ID);
  }

  private static String deduplicationId(Message message) {
    return attribute(message, MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID);
  }

  private static String attribute(Message message, MessageSystemAttributeName name) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    return Objects.requireNonNull(attributes.get(name));
  }

  private static JsonObject event(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }
}
