package io.streamkeep.functions.redelivery;

import io.streamkeep.aws.lambda.LambdaHandler;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.aws.wiring.SqsQueues;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Registry;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Wires the redelivery function; settings as in {@link DynamoStores} and {@link SqsQueues}. */
public final class RedeliveryFunction extends LambdaHandler {

  private final DynamoStores stores = new DynamoStores(Clients.of(DynamoDbClient.builder()));
  private final SqsQueues queues = new SqsQueues(Clients.of(SqsClient.builder()));
  private final Redelivery redelivery =
      new Redelivery(
          SubscriberFactory.all(Registry.projections(), stores, queues, clock),
          queues.redeliveryBackoff(),
          clock);

  public RedeliveryFunction() {
    super(LogEvent.BATCH, InstantSource.system());
  }

  @Override
  protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    return redelivery.handle(event, deadline, line);
  }
}
