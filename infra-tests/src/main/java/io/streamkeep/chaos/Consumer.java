package io.streamkeep.chaos;

import io.streamkeep.aws.dynamodb.views.DynamoInbox;
import io.streamkeep.aws.json.Json;
import io.streamkeep.localcloud.LocalCloud;


import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Another system that receives what is published, and counts each event in an item of its own. Now
 * and then it dies after it took something in and before it says so to the queue.
 */
final class Consumer implements AutoCloseable {

  private static final String NAME = "chaos-consumer";
  private static final String EFFECT = "chaos-effect";
  private static final int DIES = 20;

  private final LocalCloud cloud;
  private final SplittableRandom random;
  private final DynamoInbox inbox;
  private final String url;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread = new Thread(this::run, NAME);
  private volatile boolean closed;

  Consumer(LocalCloud cloud, SplittableRandom random) {
    this.cloud = cloud;
    this.random = random;
    this.inbox = new DynamoInbox(cloud.dynamoDb(), cloud.tableName("ViewsTable"), NAME);
    this.url = cloud.queueUrl("OutboundQueue");
    thread.start();
  }

  /** Events that came again. */
  long dropped() {
    return dropped.get();
  }

  private void run() {
    while (!closed) {
      List<Message> page =
          cloud
              .sqs()
              .receiveMessage(
                  r ->
                      r.queueUrl(url)
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(2)
                          .waitTimeSeconds(1))
              .messages();
      for (Message message : page) {
        if (!takeIn(message.body())) {
          break; // with those after it, which are of the same group, it comes again
        }
        if (random.nextInt(DIES) == 0) {
          break;
        }
        cloud.sqs().deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private boolean takeIn(String body) {
    try {
      if (!inbox.takeIn(body, List.of(count(Json.read(body))))) {
        dropped.incrementAndGet();
      }
      return true;
    } catch (TransactionCanceledException e) {
      return false;
    }
  }

  private TransactWriteItem count(JsonObject event) {
    String id = event.getString("source") + "/" + event.getString("id");
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(cloud.tableName("ViewsTable"))
                    .key(Map.of("stream", fromS(id), "view", fromS(EFFECT)))
                    .updateExpression("ADD #times :one")
                    .expressionAttributeNames(Map.of("#times", "times"))
                    .expressionAttributeValues(Map.of(":one", fromN("1"))))
        .build();
  }

  /** How often each event had its effect, by source and id. */
  Map<String, Long> effects() {
    Map<String, Long> effects = new HashMap<>();
    cloud
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(cloud.tableName("ViewsTable")).consistentRead(true))
        .items()
        .stream()
        .filter(item -> text(item, "view").equals(EFFECT))
        .forEach(
            item ->
                effects.put(
                    text(item, "stream"),
                    Long.parseLong(Objects.requireNonNull(item.get("times")).n())));
    return effects;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
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
