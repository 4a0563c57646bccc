package io.streamkeep.functions.operations;

import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.aws.wiring.SqsQueues;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.store.EventStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Wires the operations function; settings as in {@link DynamoStores} and {@link SqsQueues}. */
public final class OperationsFunction extends ApiHandler {

  private static final long NO_CACHE = 0;

  private final OperationsRouter router =
      router(Clients.of(DynamoDbClient.builder()), Clients.of(SqsClient.builder()), clock);

  public OperationsFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private static OperationsRouter router(
      DynamoDbClient dynamoDb, SqsClient sqs, InstantSource clock) {
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
    Lag lag =
        new Lag(
            new FeedReader(stores.feed(), events),
            DynamoStores.feedPartitions(),
            events,
            stores.cursors(),
            stores.parked());
    return new OperationsRouter(
        parked,
        new RedriveResource(
            parked, new Redriver(query, queues.parking(), queues.deadLetters()), executor),
        new LagResource(lag));
  }

  /** Lists what is parked. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient dynamoDb = Clients.forPriming(DynamoDbClient.builder());
        SqsClient sqs = Clients.forPriming(SqsClient.builder())) {
      Priming.request(
          clock,
          "GET",
          "/operations/parked",
          "",
          Map.of(),
          "",
          router(dynamoDb, sqs, clock)::handle);
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return router.handle(request, line);
  }
}
