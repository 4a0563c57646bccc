package io.streamkeep.functions.reaction;

import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.sqs.SqsParking;
import java.time.InstantSource;

/**
 * The reaction function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * FEED_TABLE}, {@code FEED_PARTITIONS} (a number), {@code OUTBOUND_QUEUE} (URL), {@code
 * OUTBOUND_TYPES} (of events), {@code REDELIVERY_QUEUE} (URL).
 */
public final class ReactionFunction extends StreamHandler {

  public ReactionFunction() {
    this(InstantSource.system());
  }

  private ReactionFunction(InstantSource clock) {
    super(DynamoSubscribers.fromSettings().reactions(clock), SqsParking.fromSettings(), clock);
  }
}
