package io.streamkeep.functions.projection;

import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Registry;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The projection function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * REDELIVERY_QUEUE} (URL).
 */
public final class ProjectionFunction extends StreamHandler {

  public ProjectionFunction() {
    super(
        SubscriberFactory.fromSettings(Clients.of(DynamoDbClient.builder()))
            .views(Registry.projections()),
        SqsParking.fromSettings(Clients.of(SqsClient.builder())),
        InstantSource.system());
  }
}
