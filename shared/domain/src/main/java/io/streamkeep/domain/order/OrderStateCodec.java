package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderFields.object;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.order.Order.Completed;
import io.streamkeep.domain.order.Order.OrderDetails;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * The stored format of an order's state in snapshots. When the format changes, increment {@link
 * #SCHEMA}; nothing else is needed, since snapshots of other versions are ignored.
 */
public final class OrderStateCodec implements StateCodec<Order> {

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
          case Order.NotPlaced() -> status(UNPLACED);
          case Order.Placed(OrderDetails details) -> details(status(PLACED), details);
          case Order.Confirmed(OrderDetails details) -> details(status(CONFIRMED), details);
          case Completed(OrderDetails details, List<Long> returned, long refunded) ->
              details(status(COMPLETED), details)
                  .add("returned", quantities(returned))
                  .add("refunded", refunded);
          case Order.Cancelled(OrderDetails details, String reason) ->
              details(status(CANCELLED), details).add("reason", reason);
        };
    return json.build().toString();
  }

  private static JsonObjectBuilder status(String status) {
    return object().add("status", status);
  }

  private static JsonObjectBuilder details(JsonObjectBuilder json, OrderDetails details) {
    return OrderFields.write(
        json, details, details.placedAt().toString(), OrderFields.write(details.lines()));
  }

  private static JsonArrayBuilder quantities(List<Long> quantities) {
    JsonArrayBuilder array = StrictJson.provider().createArrayBuilder();
    quantities.forEach(quantity -> array.add(object().add("quantity", quantity)));
    return array;
  }

  @Override
  public Order decode(String data) {
    return ObjectReader.read(StrictJson.parse(data), OrderStateCodec::order)
        .orThrow("The state of an order");
  }

  private static Order order(ObjectReader json) {
    String status = json.text("status", 1, 20);
    if (status.equals(UNPLACED)) {
      return new Order.NotPlaced();
    }
    OrderDetails details = OrderFields.details(json, OrderFields::line);
    return switch (status) {
      case PLACED -> new Order.Placed(details);
      case CONFIRMED -> new Order.Confirmed(details);
      case COMPLETED ->
          new Completed(
              details,
              json.list(
                  "returned",
                  1,
                  OrderFields.MAX_LINES,
                  line -> OrderFields.amount(line, "quantity")),
              OrderFields.amount(json, "refunded"));
      case CANCELLED -> new Order.Cancelled(details, OrderFields.reason(json));
      default -> throw new UnreadableException("The state of an order has an unknown status");
    };
  }
}
