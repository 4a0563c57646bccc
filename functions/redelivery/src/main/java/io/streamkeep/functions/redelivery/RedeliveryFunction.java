package io.streamkeep.functions.redelivery;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.aws.lambda.BatchResponse;
import io.streamkeep.aws.lambda.GivenUpBatch;
import io.streamkeep.aws.lambda.GivenUpDelivery;
import io.streamkeep.aws.lambda.LambdaHandler;
import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.lambda.QueueBatch;
import io.streamkeep.aws.lambda.QueueBatch.Message;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.aws.sqs.VisibilityBackoff;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.Environment;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Catches parked subscribers up from the event store, and delivers what the stream's mapping gave
 * up on; a message that fails comes again later, and in the end is in the dead-letter queue.
 * Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code FEED_TABLE}, {@code FEED_PARTITIONS}
 * (a number), {@code OUTBOUND_QUEUE} (URL), {@code OUTBOUND_TYPES} (of events), {@code
 * REDELIVERY_QUEUE} (URL).
 */
public final class RedeliveryFunction extends LambdaHandler {

  private final SqsClient queues = Clients.of(SqsClient.builder());
  private final List<Subscriber> subscribers =
      SubscriberFactory.fromSettings(Clients.of(DynamoDbClient.builder()))
          .all(Registry.projections(), queues, clock);
  private final String queue = Environment.required("REDELIVERY_QUEUE");
  private final VisibilityBackoff delay = new VisibilityBackoff(queues, queue);
  private final GivenUpDelivery givenUp =
      new GivenUpDelivery(
          Clients.of(DynamoDbStreamsClient.builder()),
          new LoggingDispatcher(subscribers, new SqsParking(queues, queue), clock));

  public RedeliveryFunction() {
    super(LogEvent.BATCH, InstantSource.system());
  }

  @Override
  protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    List<Message> messages = QueueBatch.read(event).messages();
    List<String> failed = new ArrayList<>();
    for (Message message : messages) {
      if (!redeliver(message, line)) {
        failed.add(message.id());
      }
    }
    line.number("records", messages.size())
        .number("failed", failed.size())
        .count(Metric.APPLIED, messages.size() - failed.size());
    return BatchResponse.failed(failed);
  }

  private boolean redeliver(Message message, LogLine batch) {
    LogLine line = batch.another(LogEvent.REDELIVERY).number("receives", message.receives());
    try {
      Optional<GivenUpBatch> batchGivenUp = GivenUpBatch.read(message.body());
      boolean done = true;
      if (batchGivenUp.isPresent()) {
        done = givenUp.deliver(batchGivenUp.get(), line);
      } else {
        catchUp(ParkedPositionJson.read(message.body()), line);
      }
      line.name("outcome", done ? "done" : "trimmed").write();
      return true;
    } catch (RuntimeException e) {
      // Whatever it is, this message waits for another go and the others have theirs.
      line.name("outcome", "failed").failure(e).count(Metric.REDELIVERY_FAILURES, 1).write();
      delay.delay(message.receiptHandle(), message.receives());
      return false;
    }
  }

  private void catchUp(ParkedPosition pointer, LogLine line) {
    Subscriber parked =
        subscribers.stream()
            .filter(subscriber -> subscriber.name().equals(pointer.subscriber()))
            .findFirst()
            .orElseThrow(() -> new UnreadableException("A pointer to no subscriber"));
    line.name("subscriber", parked.name()).stream(pointer.stream())
        .number("commit", pointer.commit())
        .metadata(pointer.metadata());
    try {
      parked.catchUp(pointer.stream());
    } catch (PoisonException e) {
      parked.park(e.pointer(parked.name(), pointer.stream()), e.reason(), clock.instant());
      throw e;
    }
  }
}
