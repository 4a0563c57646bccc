package io.streamkeep.functions.reaction;

import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.kernel.Subscriber;
import java.time.InstantSource;
import java.util.List;

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
    super(subscribers(clock), SqsParking.fromSettings(), clock);
  }

  private static List<Subscriber> subscribers(InstantSource clock) {
    DynamoSubscribers all = DynamoSubscribers.fromSettings();
    return List.of(all.feed(clock), all.publishing(SqsPublisher.NAME, SqsPublisher.fromSettings()));
  }
}
