package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.EventStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Routes requests to the queries of the registered aggregates, the feed and the index. */
final class QueryRouter {

  private final Map<String, BiFunction<HttpRequest, LogLine, HttpResponse>> routes =
      new HashMap<>();

  QueryRouter(
      List<AggregateModule<?, ?, ?>> aggregates,
      ViewStore views,
      ViewReader reader,
      EventStore events,
      FeedQueries feed) {
    routes.put(ApiIndex.ROUTE, (request, line) -> ApiIndex.get(request));
    routes.put(FeedQueries.ROUTE, (request, line) -> feed.read(request));
    for (AggregateModule<?, ?, ?> aggregate : aggregates) {
      QueryEndpoint endpoint = new QueryEndpoint(aggregate, views, reader, events);
      for (QueryOperation operation : aggregate.queries()) {
        routes.put(operation.route(), (request, line) -> endpoint.handle(operation, request, line));
      }
    }
  }

  Set<String> routes() {
    return routes.keySet();
  }

  HttpResponse handle(HttpRequest request, LogLine line) {
    BiFunction<HttpRequest, LogLine, HttpResponse> route =
        routes.get(request.method() + " " + request.resource());
    if (route == null) {
      throw new IllegalArgumentException("Not a route of this function");
    }
    return route.apply(request, line);
  }
}
