package io.streamkeep.functions.projection;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.domain.Views;
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
        DynamoSubscribers.fromSettings(Clients.of(DynamoDbClient.builder())).views(Views.all()),
        SqsParking.fromSettings(Clients.of(SqsClient.builder())),
        InstantSource.system());
  }
}
