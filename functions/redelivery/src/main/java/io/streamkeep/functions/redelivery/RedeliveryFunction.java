package io.streamkeep.functions.redelivery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.Json;
import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.BatchResponse;
import io.streamkeep.aws.lambda.FailureLog;
import io.streamkeep.aws.lambda.QueueBatch;
import io.streamkeep.aws.lambda.QueueBatch.Message;
import io.streamkeep.aws.sqs.ParkedMessage;
import io.streamkeep.aws.sqs.RetryDelay;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.Subscriber;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Catches parked subscribers up from the event store; a message that fails comes again later, and
 * in the end is in the dead-letter queue. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE},
 * {@code REDELIVERY_QUEUE} (URL).
 */
public final class RedeliveryFunction implements RequestStreamHandler {

  private final List<Subscriber> subscribers = DynamoSubscribers.of(Views.all());
  private final RetryDelay delay =
      new RetryDelay(Clients.of(SqsClient.builder()), Environment.required("REDELIVERY_QUEUE"));

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    List<String> failed = new ArrayList<>();
    for (Message message : QueueBatch.read(Json.read(input)).messages()) {
      try {
        catchUp(ParkedMessage.read(message.body()));
      } catch (RuntimeException e) {
        // Whatever it is, this message waits for another go and the others have theirs.
        FailureLog.log(context, "Message " + message.id() + " failed", e);
        delay.delay(message.receiptHandle(), message.receives());
        failed.add(message.id());
      }
    }
    Json.write(BatchResponse.failed(failed), output);
  }

  private void catchUp(Pointer pointer) {
    subscribers.stream()
        .filter(subscriber -> subscriber.name().equals(pointer.subscriber()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No subscriber " + pointer.subscriber()))
        .catchUp(pointer.stream());
  }
}
