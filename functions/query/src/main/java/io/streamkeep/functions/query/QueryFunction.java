package io.streamkeep.functions.query;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoTotals;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The query function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}. */
public final class QueryFunction extends ApiHandler {

  /** Of no order, as none is made from a key. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  /** Nothing was sold on it. */
  private static final String NEVER = "0000-01-01";

  private final DynamoDbClient database = Clients.of(DynamoDbClient.builder());
  private final OrderQueries orders = orders(database);
  private final SalesQueries sales = sales(database);

  public QueryFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private static OrderQueries orders(DynamoDbClient client) {
    return new OrderQueries(
        new DynamoViewStore(client, Environment.required("VIEWS_TABLE")),
        new DynamoEventStore(client, Environment.required("EVENTS_TABLE")));
  }

  private static SalesQueries sales(DynamoDbClient client) {
    return new SalesQueries(new DynamoTotals(client, Environment.required("VIEWS_TABLE")));
  }

  /** Asks for what there is not, on every route. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      OrderQueries orders = orders(client);
      Stream.of("/orders/{id}", "/orders/{id}/events", "/customers/{id}/orders")
          .forEach(
              route -> Priming.request(clock, "GET", route, NOBODY, Map.of(), "", orders::handle));
      SalesQueries sales = sales(client);
      Priming.request(
          clock,
          "GET",
          SalesQueries.ROUTE,
          NOBODY,
          Map.of("from", NEVER, "to", NEVER),
          "",
          (request, line) -> sales.handle(request));
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return request.resource().equals(SalesQueries.ROUTE)
        ? sales.handle(request)
        : orders.handle(request, line);
  }
}
