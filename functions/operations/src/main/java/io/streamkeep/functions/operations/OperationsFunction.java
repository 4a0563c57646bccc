package io.streamkeep.functions.operations;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.views.DynamoCursors;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.sqs.DeadLetters;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.Environment;
import io.streamkeep.domain.operations.RedriveDecider;
import io.streamkeep.domain.operations.RedriveEventCodec;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.feed.FeedReader;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The operations function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * FEED_TABLE}, {@code FEED_PARTITIONS} (a number), {@code REDELIVERY_QUEUE}, {@code
 * DEAD_LETTER_QUEUE} (URLs).
 */
public final class OperationsFunction extends ApiHandler {

  private static final long NOTHING_WARM = 0;

  private final Resources resources =
      Resources.of(Clients.of(DynamoDbClient.builder()), Clients.of(SqsClient.builder()), clock);

  public OperationsFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private record Resources(ParkedResource parked, LagResource lag) {

    static Resources of(DynamoDbClient dynamoDb, SqsClient sqs, InstantSource clock) {
      String views = Environment.required("VIEWS_TABLE");
      DynamoViewStore rows = new DynamoViewStore(dynamoDb, views);
      DynamoEventStore events =
          new DynamoEventStore(dynamoDb, Environment.required("EVENTS_TABLE"));
      DynamoFeedStore feed =
          new DynamoFeedStore(dynamoDb, Environment.required("FEED_TABLE"), views);
      return new Resources(
          parked(rows, events, sqs, clock),
          new LagResource(
              new Lag(
                  new FeedReader(feed, events),
                  Integer.parseInt(Environment.required("FEED_PARTITIONS")),
                  events,
                  new DynamoCursors(dynamoDb, views),
                  rows)));
    }

    private static ParkedResource parked(
        DynamoViewStore rows, DynamoEventStore events, SqsClient sqs, InstantSource clock) {
      String redelivery = Environment.required("REDELIVERY_QUEUE");
      ParkedQuery listing =
          new ParkedQuery(rows, SubscriberInfo.all().stream().map(SubscriberInfo::name).toList());
      RedriveDecider decider = new RedriveDecider();
      OptimisticCommandExecutor transactor =
          new OptimisticCommandExecutor(
              events, clock, Sleeper.real(SecureRandom::new), Clients.CALL_TIME, NOTHING_WARM);
      return new ParkedResource(
          listing,
          new Redriver(
              listing,
              new SqsParking(sqs, redelivery),
              new DeadLetters(sqs, Environment.required("DEAD_LETTER_QUEUE"), redelivery)),
          new CommandHandler<>(
              transactor, decider, new Aggregate<>(decider, new RedriveEventCodec(), null)));
    }

    HttpResponse handle(HttpRequest request, LogLine line) {
      return request.resource().equals("/operations/lag")
          ? lag.get()
          : parked.handle(request, line);
    }
  }

  /** Looks at what is parked; nothing is sent. */
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
          Resources.of(dynamoDb, sqs, clock)::handle);
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return resources.handle(request, line);
  }
}
