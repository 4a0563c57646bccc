package io.streamkeep.chaos;

import io.streamkeep.aws.dynamodb.views.DynamoInbox;
import io.streamkeep.aws.json.Json;
import io.streamkeep.localcloud.LocalCloud;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Simulates another system that receives published events, applies each one once, and counts the
 * effects. It sometimes crashes between the effect and the deletion of the message.
 */
final class OutboundConsumer implements AutoCloseable {

  private static final String NAME = "chaos-consumer";
  private static final int CRASHES_EVERY = 20;

  private final LocalCloud cloud;
  private final String queue;
  private final DynamoInbox inbox;
  private final Random random;
  private final Map<String, Long> effects = new ConcurrentHashMap<>();
  private final AtomicLong duplicates = new AtomicLong();
  private final Thread thread = new Thread(this::run, NAME);
  private volatile boolean closed;

  OutboundConsumer(LocalCloud cloud, Random random) {
    this.cloud = cloud;
    this.queue = cloud.queueUrl("OutboundQueue");
    this.inbox = new DynamoInbox(cloud.dynamoDb(), cloud.tableName("ViewsTable"), NAME);
    this.random = random;
    thread.start();
  }

  /** The number of events received again. */
  long duplicates() {
    return duplicates.get();
  }

  /** The number of effects of each event, by source and id. */
  Map<String, Long> effects() {
    return Map.copyOf(effects);
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
      if (inbox.apply(body, List.of())) {
        JsonObject event = Json.read(body);
        effects.merge(event.getString("source") + "/" + event.getString("id"), 1L, Long::sum);
      } else {
        duplicates.incrementAndGet();
      }
      return true;
    } catch (TransactionCanceledException e) {
      return false;
    }
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
