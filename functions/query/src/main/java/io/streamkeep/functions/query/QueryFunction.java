package io.streamkeep.functions.query;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.log.LogLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The query function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}. */
public final class QueryFunction extends ApiHandler {

  private final OrderQueries orders;

  public QueryFunction() {
    DynamoDbClient dynamoDb = Clients.dynamoDb();
    orders =
        new OrderQueries(
            new DynamoViewStore(dynamoDb, Environment.required("VIEWS_TABLE")),
            new DynamoEventStore(dynamoDb, Environment.required("EVENTS_TABLE")));
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return orders.handle(request, line);
  }
}
