package io.streamkeep.functions.query;

import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.store.EventStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Wires the query function; settings as in {@link DynamoStores}. */
public final class QueryFunction extends ApiHandler {

  /** A key that no stream has, because no command id leads to it. */
  private static final String UNUSED_KEY = "00000000-0000-0000-0000-000000000000";

  /** Parameters that select nothing: days without totals, and the end of the feed. */
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
    DynamoStores stores = new DynamoStores(client);
    EventStore events = stores.events();
    return new QueryRouter(
        Registry.aggregates(),
        stores.views(),
        stores.viewReader(),
        events,
        new FeedQueries(
            new FeedReader(stores.feed(), events),
            DynamoStores.feedPartitions(),
            Sleeper.real(SecureRandom::new)));
  }

  /** Requests something that does not exist from every route. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      QueryRouter router = router(client);
      for (String route : router.routes()) {
        String[] parts = route.split(" ", 2);
        Priming.request(clock, parts[0], parts[1], UNUSED_KEY, NOTHING, "", router::handle);
      }
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return router.handle(request, line);
  }
}
