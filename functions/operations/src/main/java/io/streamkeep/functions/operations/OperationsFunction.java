package io.streamkeep.functions.operations;

import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.http.Routes;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.aws.wiring.SqsQueues;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.store.EventStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Wires the operations function; settings as in {@link DynamoStores} and {@link SqsQueues}. */
public final class OperationsFunction extends ApiHandler {

  private static final String PARKED = "GET /operations/parked";
  private static final long NO_CACHE = 0;

  public OperationsFunction() {
    this(InstantSource.system());
  }

  private OperationsFunction(InstantSource clock) {
    super(
        routes(Clients.of(DynamoDbClient.builder()), Clients.of(SqsClient.builder()), clock),
        clock);
    Priming.register(clock, () -> prime(clock));
  }

  private static Routes routes(DynamoDbClient dynamoDb, SqsClient sqs, InstantSource clock) {
    DynamoStores stores = new DynamoStores(dynamoDb);
    SqsQueues queues = new SqsQueues(sqs);
    EventStore events = stores.events();
    ParkedQuery query =
        new ParkedQuery(
            stores.parked(), SubscriberInfo.all().stream().map(SubscriberInfo::name).toList());
    ParkedResource parked = new ParkedResource(query);
    OptimisticCommandExecutor executor =
        new OptimisticCommandExecutor(
            events, clock, Sleeper.real(SecureRandom::new), Clients.CALL_TIME, NO_CACHE);
    Lag lag = new Lag(stores.commitSamples(), stores.cursors(), stores.parked(), clock);
    return routes(
        parked,
        new RedriveResource(
            parked,
            new Redriver(
                query, stores.redriveMarks(), queues.parking(), queues.deadLetters(), clock),
            executor),
        new LagResource(lag));
  }

  static Routes routes(ParkedResource parked, RedriveResource redrive, LagResource lag) {
    return new Routes()
        .add("GET /operations/lag", Set.of(), (request, line) -> lag.get())
        .add(PARKED, ParkedResource.PARAMETERS, (request, line) -> parked.list(request))
        .add("POST /operations/parked/redrive", RedriveResource.PARAMETERS, redrive::redrive);
  }

  /** Lists the parked positions. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient dynamoDb = Clients.forPriming(DynamoDbClient.builder());
        SqsClient sqs = Clients.forPriming(SqsClient.builder())) {
      Priming.request(clock, routes(dynamoDb, sqs, clock), PARKED, "", Map.of(), "");
    }
  }
}
