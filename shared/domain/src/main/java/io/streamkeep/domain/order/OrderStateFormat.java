package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderJson.object;
import static io.streamkeep.domain.order.OrderJson.optional;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.order.Order.Completed;
import io.streamkeep.domain.order.Order.Content;
import io.streamkeep.kernel.StateCodec;
import io.streamkeep.kernel.UnreadableException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * How an order's state is stored in snapshots. When it changes, {@link #SCHEMA} goes up; nothing
 * else is needed, since snapshots of other versions are passed over.
 */
public final class OrderStateFormat implements StateCodec<Order> {

  private static final int SCHEMA = 2;

  private static final String UNPLACED = "unplaced";
  private static final String PLACED = "placed";
  private static final String CONFIRMED = "confirmed";
  private static final String COMPLETED = "completed";
  private static final String CANCELLED = "cancelled";

  @Override
  public int schema() {
    return SCHEMA;
  }

  @Override
  public String encode(Order order) {
    JsonObjectBuilder json =
        switch (order) {
          case Order.Unplaced() -> status(UNPLACED);
          case Order.Placed(Content content) -> content(status(PLACED), content);
          case Order.Confirmed(Content content) -> content(status(CONFIRMED), content);
          case Completed(Content content, List<Long> returned, long refunded) ->
              content(status(COMPLETED), content)
                  .add("returned", quantities(returned))
                  .add("refunded", refunded);
          case Order.Cancelled(Content content, String reason) ->
              content(status(CANCELLED), content).add("reason", reason);
        };
    return json.build().toString();
  }

  private static JsonObjectBuilder status(String status) {
    return object().add("status", status);
  }

  private static JsonObjectBuilder content(JsonObjectBuilder json, Content content) {
    return optional(optional(json, "customer", content.customer()), "country", content.country())
        .add("currency", content.currency())
        .add("placedAt", content.placedAt().toString())
        .add("lines", OrderJson.write(content.lines()))
        .add("total", content.total());
  }

  private static JsonArrayBuilder quantities(List<Long> quantities) {
    JsonArrayBuilder array = StrictJson.provider().createArrayBuilder();
    quantities.forEach(quantity -> array.add(object().add("quantity", quantity)));
    return array;
  }

  @Override
  public Order decode(String data) {
    return ObjectReader.read(StrictJson.parse(data), OrderStateFormat::order)
        .orUnreadable("The state of an order");
  }

  private static Order order(ObjectReader json) {
    String status = json.text("status", 1, 20);
    if (status.equals(UNPLACED)) {
      return new Order.Unplaced();
    }
    Content content =
        new Content(
            OrderJson.customer(json),
            OrderJson.country(json),
            OrderJson.currency(json),
            json.instant("placedAt"),
            OrderJson.lines(json),
            OrderJson.amount(json, "total"));
    return switch (status) {
      case PLACED -> new Order.Placed(content);
      case CONFIRMED -> new Order.Confirmed(content);
      case COMPLETED ->
          new Completed(
              content,
              json.list(
                  "returned", 1, OrderJson.MAX_LINES, line -> OrderJson.amount(line, "quantity")),
              OrderJson.amount(json, "refunded"));
      case CANCELLED -> new Order.Cancelled(content, OrderJson.reason(json));
      default -> throw new UnreadableException("The state of an order has an unknown status");
    };
  }
}
