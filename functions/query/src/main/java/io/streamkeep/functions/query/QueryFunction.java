package io.streamkeep.functions.query;

import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.http.Routes;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.EventStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Wires the query function; settings as in {@link DynamoStores}. */
public final class QueryFunction extends ApiHandler {

  /** A key that no stream has, because no command id results in it. */
  private static final String UNUSED_KEY = "00000000-0000-0000-0000-000000000000";

  /** A cursor after every position of the feed. */
  private static final long END = 999_999_999_999_999_999L;

  /** Parameters that select nothing: days without totals, and the end of the feed. */
  private static Map<String, String> nothing() {
    return Map.of(
        "from", "0000-01-01",
        "to", "0000-01-01",
        "partition", "0",
        "after", new FeedCursor(DynamoStores.feedGeneration(), END).toString());
  }

  public QueryFunction() {
    this(InstantSource.system());
  }

  private QueryFunction(InstantSource clock) {
    super(routes(Clients.of(DynamoDbClient.builder())), clock);
    Priming.register(clock, () -> prime(clock));
  }

  private static Routes routes(DynamoDbClient client) {
    DynamoStores stores = new DynamoStores(client);
    EventStore events = stores.events();
    return routes(
        stores.views(),
        stores.viewReader(),
        events,
        new FeedQueries(
            new FeedReader(stores.feed(), events),
            DynamoStores.feedPartitions(),
            DynamoStores.feedGeneration(),
            Sleeper.real(SecureRandom::new)));
  }

  /** The routes of the registered aggregates' queries, the feed and the index. */
  static Routes routes(ViewStore views, ViewReader reader, EventStore events, FeedQueries feed) {
    Routes routes =
        new Routes()
            .add(ApiIndex.ROUTE, Set.of(), (request, line) -> ApiIndex.get(request))
            .add(FeedQueries.ROUTE, FeedQueries.PARAMETERS, (request, line) -> feed.read(request));
    for (AggregateModule<?, ?, ?> aggregate : Registry.aggregates()) {
      QueryEndpoint endpoint = new QueryEndpoint(aggregate, views, reader, events);
      for (QueryOperation operation : aggregate.queries()) {
        routes.add(
            operation.route(),
            operation.parameters(),
            (request, line) -> endpoint.handle(operation, request, line));
      }
    }
    return routes;
  }

  /** Requests something that does not exist from every route. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      Routes routes = routes(client);
      Map<String, String> nothing = nothing();
      routes
          .names()
          .forEach(route -> Priming.request(clock, routes, route, UNUSED_KEY, nothing, ""));
    }
  }
}
