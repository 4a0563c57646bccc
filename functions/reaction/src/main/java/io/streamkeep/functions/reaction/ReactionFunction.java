package io.streamkeep.functions.reaction;

import io.streamkeep.aws.lambda.StreamHandler;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.aws.wiring.SqsQueues;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.kernel.subscription.Parking;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Wires the reaction function; settings as in {@link DynamoStores} and {@link SqsQueues}. */
public final class ReactionFunction extends StreamHandler {

  public ReactionFunction() {
    this(
        new DynamoStores(Clients.of(DynamoDbClient.builder())),
        new SqsQueues(Clients.of(SqsClient.builder())),
        InstantSource.system());
  }

  private ReactionFunction(DynamoStores stores, SqsQueues queues, InstantSource clock) {
    this(SubscriberFactory.reactions(stores, queues, clock), queues.parking(), clock);
  }

  ReactionFunction(List<Subscriber> subscribers, Parking parking, InstantSource clock) {
    super(subscribers, parking, clock);
  }
}
