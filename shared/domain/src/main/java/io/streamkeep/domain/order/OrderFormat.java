package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderJson.currency;
import static io.streamkeep.domain.order.OrderJson.lines;
import static io.streamkeep.domain.order.OrderJson.object;
import static io.streamkeep.domain.order.OrderJson.optional;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.kernel.EventCodec;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.UnreadableException;
import jakarta.json.JsonObjectBuilder;
import java.util.function.Function;

/**
 * How an order's events are stored, for ever: a name, a schema version, a JSON object. What is here
 * may be added to; a version that was written once is never changed.
 */
public final class OrderFormat implements EventCodec<OrderEvent> {

  private static final String PLACED = "order.placed";
  private static final String LINES_CHANGED = "order.lines-changed";
  private static final String CONFIRMED = "order.confirmed";
  private static final String COMPLETED = "order.completed";
  private static final String CANCELLED = "order.cancelled";
  private static final String RETURNED = "order.returned";

  @Override
  public RecordedEvent encode(OrderEvent event) {
    return switch (event) {
      case OrderEvent.Placed placed ->
          recorded(
              PLACED,
              optional(object(), "customer", placed.customer())
                  .add("currency", placed.currency())
                  .add("placedAt", placed.placedAt().toString())
                  .add("lines", OrderJson.write(placed.lines()))
                  .add("total", placed.total()));
      case OrderEvent.LinesChanged(var lines, var total) ->
          recorded(
              LINES_CHANGED, object().add("lines", OrderJson.write(lines)).add("total", total));
      case OrderEvent.Confirmed() -> recorded(CONFIRMED, object());
      case OrderEvent.Completed() -> recorded(COMPLETED, object());
      case OrderEvent.Cancelled(var reason) -> recorded(CANCELLED, object().add("reason", reason));
      case OrderEvent.Returned(var lines, var refund, var reason) ->
          recorded(
              RETURNED,
              optional(
                  object().add("lines", OrderJson.writeReturned(lines)).add("refund", refund),
                  "reason",
                  reason));
    };
  }

  private static RecordedEvent recorded(String type, JsonObjectBuilder data) {
    return new RecordedEvent(type, 1, data.build().toString());
  }

  @Override
  public OrderEvent decode(RecordedEvent event) {
    return switch (event.type() + ".v" + event.version()) {
      case PLACED + ".v1" ->
          read(
              event,
              json ->
                  new OrderEvent.Placed(
                      OrderJson.customer(json),
                      currency(json),
                      json.instant("placedAt"),
                      lines(json),
                      OrderJson.amount(json, "total")));
      case LINES_CHANGED + ".v1" ->
          read(
              event,
              json -> new OrderEvent.LinesChanged(lines(json), OrderJson.amount(json, "total")));
      case CONFIRMED + ".v1" -> read(event, json -> new OrderEvent.Confirmed());
      case COMPLETED + ".v1" -> read(event, json -> new OrderEvent.Completed());
      case CANCELLED + ".v1" ->
          read(event, json -> new OrderEvent.Cancelled(OrderJson.reason(json)));
      case RETURNED + ".v1" ->
          read(
              event,
              json ->
                  new OrderEvent.Returned(
                      OrderJson.returnedLines(json),
                      OrderJson.amount(json, "refund"),
                      OrderJson.optionalReason(json)));
      default ->
          throw new UnreadableException("Unknown event " + event.type() + " v" + event.version());
    };
  }

  private static OrderEvent read(RecordedEvent event, Function<ObjectReader, OrderEvent> as) {
    return ObjectReader.read(StrictJson.parse(event.data()), as)
        .orUnreadable("Event " + event.type() + " v" + event.version());
  }
}
