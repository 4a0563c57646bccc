package io.streamkeep.functions.query;

import io.streamkeep.aws.CloudEvents;
import io.streamkeep.aws.Json;
import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.aws.dynamodb.DynamoViewStore.Page;
import io.streamkeep.aws.http.ETag;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Parameters;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.order.CustomerOrdersView;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderView;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.EventStore.Slice;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** Orders as they are asked for: one, a customer's, and what happened to one. */
final class OrderQueries {

  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;

  private final DynamoViewStore views;
  private final EventStore events;

  OrderQueries(DynamoViewStore views, EventStore events) {
    this.views = views;
    this.events = events;
  }

  HttpResponse handle(HttpRequest request, LogLine line) {
    return switch (request.resource()) {
      case "/orders/{id}" -> order(request, line);
      case "/orders/{id}/events" -> history(request, line);
      case "/customers/{id}/orders" -> customerOrders(request);
      default -> throw new IllegalArgumentException("Not a route of this function");
    };
  }

  private HttpResponse order(HttpRequest request, LogLine line) {
    Projected order = views.find(OrderView.NAME, stream(request, line));
    Row row = order.row();
    if (row == null) {
      throw unknown();
    }
    line.number("commit", order.commit());
    return HttpResponse.json(200, row.data()).with("ETag", ETag.of(order.commit()));
  }

  private HttpResponse customerOrders(HttpRequest request) {
    String group =
        CustomerOrdersView.group(request.pathParameter("id"))
            .orElseThrow(() -> Problem.badParameter("id", "is not a customer's").exception());
    Page page = views.list(group, Cursor.of(request), limit(request));
    JsonArrayBuilder orders = Json.array();
    page.rows().forEach(row -> orders.add(Json.read(row.data())));
    JsonObjectBuilder answer = Json.object().add("orders", orders);
    if (page.next() != null) {
      answer.add("next", Cursor.write(page.next()));
    }
    return HttpResponse.json(200, answer.build().toString());
  }

  private HttpResponse history(HttpRequest request, LogLine line) {
    StreamId stream = stream(request, line);
    long after = Parameters.whole(request, "after", 0, 0, Long.MAX_VALUE);
    int limit = limit(request);
    Slice slice = events.read(stream, after, limit);
    if (slice.commits().isEmpty() && events.read(stream, 0, 1).commits().isEmpty()) {
      throw unknown();
    }
    HttpResponse answer =
        HttpResponse.of(200, CloudEvents.BATCH, CloudEvents.batch(slice.commits()).toString());
    return slice.more()
        ? answer.with("Link", next(request, slice.commits().getLast().number(), limit))
        : answer;
  }

  private static String next(HttpRequest request, long after, int limit) {
    return "<" + request.path() + "?after=" + after + "&limit=" + limit + ">; rel=\"next\"";
  }

  static int limit(HttpRequest request) {
    return (int) Parameters.whole(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  private static StreamId stream(HttpRequest request, LogLine line) {
    StreamId stream = Order.stream(request.pathParameter("id")).orElseThrow(OrderQueries::unknown);
    line.stream(stream);
    return stream;
  }

  private static ProblemException unknown() {
    return Problem.of(
            404,
            "order-unknown",
            "Not found",
            "There is no such order, or it was placed this moment and is not in the view yet.")
        .exception();
  }
}
