package io.streamkeep.functions.redelivery;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.aws.lambda.BatchResponse;
import io.streamkeep.aws.lambda.QueueBatch;
import io.streamkeep.aws.lambda.QueueBatch.Message;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.aws.sqs.VisibilityBackoff;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Catches parked subscribers up from the event store. A message that fails is received again after
 * a growing delay, and finally moves to the dead-letter queue.
 */
record Redelivery(List<Subscriber> subscribers, VisibilityBackoff backoff, InstantSource clock) {

  /** No message is begun later than this before the invocation's end. */
  private static final Duration RESERVE = Duration.ofSeconds(5);

  /** Redelivers messages until shortly before the deadline; the rest are received again. */
  JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    Instant end = deadline.minus(RESERVE);
    List<Message> messages = QueueBatch.read(event).messages();
    List<String> failed = new ArrayList<>();
    for (Message message : messages) {
      if (!clock.instant().isBefore(end)) {
        backoff.delay(message.receiptHandle(), message.receives());
        failed.add(message.id());
      } else if (!redeliver(message, line)) {
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
      if (message.isDiscardedBatch()) {
        line.name("outcome", "left-to-reconciler");
      } else {
        catchUp(ParkedPositionJson.read(message.body()), line);
        line.name("outcome", "done");
      }
      line.write();
      return true;
    } catch (RuntimeException e) {
      // After any failure, this message is retried and the others are processed.
      line.name("outcome", "failed").failure(e).count(Metric.REDELIVERY_FAILURES, 1).write();
      backoff.delay(message.receiptHandle(), message.receives());
      return false;
    }
  }

  private void catchUp(ParkedPosition position, LogLine line) {
    Subscriber subscriber =
        subscribers.stream()
            .filter(each -> each.name().equals(position.subscriber()))
            .findFirst()
            .orElseThrow(() -> new UnreadableException("A position of an unknown subscriber"));
    line.name("subscriber", subscriber.name()).stream(position.stream())
        .number("commit", position.commit())
        .metadata(position.metadata());
    try {
      subscriber.catchUp(position.stream());
    } catch (PoisonException e) {
      ParkedPosition next = e.position(subscriber.name(), position.stream());
      subscriber.park(next, e.reason(), clock.instant());
      throw e;
    }
  }
}
