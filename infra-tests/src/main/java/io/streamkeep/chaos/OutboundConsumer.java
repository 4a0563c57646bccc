package io.streamkeep.chaos;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.views.DynamoInbox;
import io.streamkeep.aws.json.Json;
import io.streamkeep.localcloud.LocalCloud;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Another system that receives published events. Its effect of each is to increment a counter of
 * that event; sometimes it crashes between the effect and deleting the message.
 */
final class OutboundConsumer implements AutoCloseable {

  private static final String NAME = "chaos-consumer";
  private static final String EFFECT = "chaos-effect";
  private static final int CRASHES_EVERY = 20;

  private final LocalCloud cloud;
  private final String queue;
  private final String table;
  private final DynamoInbox inbox;
  private final SplittableRandom random;
  private final AtomicLong duplicates = new AtomicLong();
  private final Thread thread = new Thread(this::run, NAME);
  private volatile boolean closed;

  OutboundConsumer(LocalCloud cloud, SplittableRandom random) {
    this.cloud = cloud;
    this.queue = cloud.queueUrl("OutboundQueue");
    this.table = cloud.tableName("ViewsTable");
    this.inbox = new DynamoInbox(cloud.dynamoDb(), table, NAME);
    this.random = random;
    thread.start();
  }

  /** The number of events that were received again. */
  long duplicates() {
    return duplicates.get();
  }

  private void run() {
    while (!closed) {
      List<Message> messages =
          cloud
              .sqs()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(queue)
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(2)
                          .waitTimeSeconds(1))
              .messages();
      for (Message message : messages) {
        if (!apply(message.body()) || random.nextInt(CRASHES_EVERY) == 0) {
          break; // this message and the next ones of its group are received again
        }
        cloud.sqs().deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private boolean apply(String body) {
    try {
      if (!inbox.apply(body, List.of(increment(Json.read(body))))) {
        duplicates.incrementAndGet();
      }
      return true;
    } catch (TransactionCanceledException e) {
      return false;
    }
  }

  private TransactWriteItem increment(JsonObject event) {
    String id = event.getString("source") + "/" + event.getString("id");
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(Map.of("stream", fromS(id), "view", fromS(EFFECT)))
                    .updateExpression("ADD #times :one")
                    .expressionAttributeNames(Map.of("#times", "times"))
                    .expressionAttributeValues(Map.of(":one", fromN("1"))))
        .build();
  }

  /** The number of times that each event took effect, by source and id. */
  Map<String, Long> effects() {
    return cloud
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .stream()
        .filter(item -> attribute(item, "view").s().equals(EFFECT))
        .collect(
            Collectors.toMap(
                item -> attribute(item, "stream").s(),
                item -> Long.parseLong(attribute(item, "times").n())));
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name));
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
