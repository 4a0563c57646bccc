package io.streamkeep.functions.query;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import java.time.InstantSource;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The query function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}. */
public final class QueryFunction extends ApiHandler {

  /** Of no order, as none is made from a key. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private final OrderQueries orders = orders(Clients.of(DynamoDbClient.builder()));

  public QueryFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private static OrderQueries orders(DynamoDbClient client) {
    return new OrderQueries(
        new DynamoViewStore(client, Environment.required("VIEWS_TABLE")),
        new DynamoEventStore(client, Environment.required("EVENTS_TABLE")));
  }

  /** Asks for what there is not, on every route. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      OrderQueries orders = orders(client);
      Stream.of("/orders/{id}", "/orders/{id}/events", "/customers/{id}/orders")
          .forEach(route -> Priming.request(clock, "GET", route, NOBODY, "", orders::handle));
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return orders.handle(request, line);
  }
}
