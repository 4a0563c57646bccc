package io.streamkeep.functions.query;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.DynamoTotals;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.Pause;
import io.streamkeep.kernel.feed.FeedReader;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The query function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * FEED_TABLE}, {@code FEED_PARTITIONS} (a number).
 */
public final class QueryFunction extends ApiHandler {

  /** Of no order, as none is made from a key. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  /** Nothing was sold on it. */
  private static final String NEVER = "0000-01-01";

  private final Queries queries = Queries.of(Clients.of(DynamoDbClient.builder()));

  public QueryFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private record Queries(OrderQueries orders, SalesQueries sales, FeedQueries feed) {

    static Queries of(DynamoDbClient client) {
      String views = Environment.required("VIEWS_TABLE");
      DynamoEventStore events = new DynamoEventStore(client, Environment.required("EVENTS_TABLE"));
      DynamoFeedStore feed = new DynamoFeedStore(client, Environment.required("FEED_TABLE"), views);
      return new Queries(
          new OrderQueries(new DynamoViewStore(client, views), events),
          new SalesQueries(new DynamoTotals(client, views)),
          new FeedQueries(
              new FeedReader(feed, events),
              Integer.parseInt(Environment.required("FEED_PARTITIONS")),
              Pause.real(SecureRandom::new)));
    }

    HttpResponse handle(HttpRequest request, LogLine line) {
      return switch (request.resource()) {
        case SalesQueries.ROUTE -> sales.handle(request);
        case FeedQueries.ROUTE -> feed.read(request);
        default -> orders.handle(request, line);
      };
    }
  }

  /** Asks for what there is not, on every route. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      Queries queries = Queries.of(client);
      Stream.of("/orders/{id}", "/orders/{id}/events", "/customers/{id}/orders")
          .forEach(
              route -> Priming.request(clock, "GET", route, NOBODY, Map.of(), "", queries::handle));
      Map<String, String> days = Map.of("from", NEVER, "to", NEVER);
      Priming.request(clock, "GET", SalesQueries.ROUTE, "", days, "", queries::handle);
      Map<String, String> end = Map.of("partition", "0", "after", Long.toString(Long.MAX_VALUE));
      Priming.request(clock, "GET", FeedQueries.ROUTE, "", end, "", queries::handle);
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return queries.handle(request, line);
  }
}
