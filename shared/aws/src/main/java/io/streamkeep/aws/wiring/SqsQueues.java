package io.streamkeep.aws.wiring;

import io.streamkeep.aws.sqs.DeadLetterQueue;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.aws.sqs.VisibilityBackoff;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.subscription.Parking;
import java.security.SecureRandom;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queues that a function's settings name. */
public record SqsQueues(SqsClient client) {

  /** Setting: {@code REDELIVERY_QUEUE} (URL). */
  public Parking parking() {
    return new SqsParking(
        client, Environment.required("REDELIVERY_QUEUE"), Sleeper.real(SecureRandom::new));
  }

  /** Setting: {@code REDELIVERY_QUEUE} (URL). */
  public VisibilityBackoff redeliveryBackoff() {
    return new VisibilityBackoff(client, Environment.required("REDELIVERY_QUEUE"));
  }

  /** Settings: {@code DEAD_LETTER_QUEUE_ARN}, {@code REDELIVERY_QUEUE_ARN}. */
  public DeadLetterQueue deadLetters() {
    return new DeadLetterQueue(
        client,
        Environment.required("DEAD_LETTER_QUEUE_ARN"),
        Environment.required("REDELIVERY_QUEUE_ARN"));
  }

  /** Settings: {@code OUTBOUND_QUEUE} (URL), {@code OUTBOUND_TYPES} (comma-separated). */
  public SqsPublisher publisher() {
    return new SqsPublisher(
        client,
        Environment.required("OUTBOUND_QUEUE"),
        Set.of(Environment.required("OUTBOUND_TYPES").split(",")));
  }
}
