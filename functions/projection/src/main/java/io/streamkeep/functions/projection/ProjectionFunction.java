package io.streamkeep.functions.projection;

import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.domain.Views;
import java.time.InstantSource;

/**
 * The projection function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * REDELIVERY_QUEUE} (URL).
 */
public final class ProjectionFunction extends StreamHandler {

  public ProjectionFunction() {
    super(
        DynamoSubscribers.fromSettings().views(Views.all()),
        SqsParking.fromSettings(),
        InstantSource.system());
  }
}
