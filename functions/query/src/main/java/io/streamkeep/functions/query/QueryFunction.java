package io.streamkeep.functions.query;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.views.DynamoViewReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.Environment;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedReader;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Wires the query function. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * FEED_TABLE}, {@code FEED_PARTITIONS} (a number).
 */
public final class QueryFunction extends ApiHandler {

  /** The key of no stream, as none is derived from a command. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  /** Selects nothing on any route: days without totals, and the end of the feed. */
  private static final Map<String, String> NOTHING =
      Map.of(
          "from", "0000-01-01",
          "to", "0000-01-01",
          "partition", "0",
          "after", Long.toString(Long.MAX_VALUE));

  private final QueryRouter router = router(Clients.of(DynamoDbClient.builder()));

  public QueryFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private static QueryRouter router(DynamoDbClient client) {
    String views = Environment.required("VIEWS_TABLE");
    DynamoEventStore events = new DynamoEventStore(client, Environment.required("EVENTS_TABLE"));
    DynamoFeedStore feed = new DynamoFeedStore(client, Environment.required("FEED_TABLE"), views);
    return new QueryRouter(
        Registry.aggregates(),
        new DynamoViewStore(client, views),
        new DynamoViewReader(client, views),
        events,
        new FeedQueries(
            new FeedReader(feed, events),
            Integer.parseInt(Environment.required("FEED_PARTITIONS")),
            Sleeper.real(SecureRandom::new)));
  }

  /** Asks every route for what does not exist. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      QueryRouter router = router(client);
      for (String route : router.routes()) {
        String[] parts = route.split(" ", 2);
        Priming.request(clock, parts[0], parts[1], NOBODY, NOTHING, "", router::handle);
      }
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return router.handle(request, line);
  }
}
