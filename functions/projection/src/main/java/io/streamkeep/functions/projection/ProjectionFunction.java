package io.streamkeep.functions.projection;

import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.aws.wiring.SqsQueues;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.subscription.Parking;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Wires the projection function; settings as in {@link DynamoStores} and {@link SqsQueues}. */
public final class ProjectionFunction extends StreamHandler {

  public ProjectionFunction() {
    this(
        SubscriberFactory.of(new DynamoStores(Clients.of(DynamoDbClient.builder()))),
        new SqsQueues(Clients.of(SqsClient.builder())).parking(),
        InstantSource.system());
  }

  ProjectionFunction(SubscriberFactory subscribers, Parking parking, InstantSource clock) {
    super(subscribers.views(Registry.projections()), parking, clock);
  }
}
