package io.streamkeep.functions.reaction;

import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.SubscriberFactory;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The reaction function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * FEED_TABLE}, {@code FEED_PARTITIONS} (a number), {@code OUTBOUND_QUEUE} (URL), {@code
 * OUTBOUND_TYPES} (of events), {@code REDELIVERY_QUEUE} (URL).
 */
public final class ReactionFunction extends StreamHandler {

  public ReactionFunction() {
    this(Clients.of(SqsClient.builder()), InstantSource.system());
  }

  private ReactionFunction(SqsClient queues, InstantSource clock) {
    super(
        SubscriberFactory.fromSettings(Clients.of(DynamoDbClient.builder()))
            .reactions(queues, clock),
        SqsParking.fromSettings(queues),
        clock);
  }
}
