package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderFields.object;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.order.Order.Completed;
import io.streamkeep.domain.order.Order.OrderDetails;
import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The view of an order as the API shows it. */
public final class OrderView implements View<OrderEvent, OrderView.OrderRow> {

  public static final String NAME = "order";

  private final OrderDecider decider = new OrderDecider();

  /** An order and its id. */
  public record OrderRow(String id, Order order) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> rarelyChangingFields() {
    return Set.of("lines");
  }

  @Override
  public OrderRow apply(String key, @Nullable OrderRow row, OrderEvent event) {
    Order before = row == null ? decider.initial() : row.order();
    return new OrderRow(key, decider.evolve(before, event));
  }

  @Override
  public RowCodec<OrderRow> codec() {
    return new Codec();
  }

  /** The order as one JSON object; throws {@link IllegalStateException} if there is none. */
  public static JsonObject show(String id, Order order) {
    if (!(order instanceof Order.Existing existing)) {
      throw new IllegalStateException("There is no order to show");
    }
    OrderDetails details = existing.details();
    JsonObjectBuilder json =
        OrderFields.write(
                object().add("id", id).add("status", status(existing)),
                details,
                Timestamp.format(details.placedAt()),
                lines(details.lines(), returned(existing)))
            .add("refunded", existing instanceof Completed completed ? completed.refunded() : 0);
    if (existing instanceof Order.Cancelled cancelled) {
      json.add("cancellationReason", cancelled.reason());
    }
    return json.build();
  }

  private static String status(Order.Existing order) {
    return switch (order) {
      case Order.Placed placed -> "placed";
      case Order.Confirmed confirmed -> "confirmed";
      case Completed completed -> "completed";
      case Order.Cancelled cancelled -> "cancelled";
    };
  }

  private static List<Long> returned(Order.Existing order) {
    return order instanceof Completed completed
        ? completed.returned()
        : Completed.of(order.details()).returned();
  }

  private static JsonArray lines(List<Line> lines, List<Long> returned) {
    JsonArrayBuilder array = StrictJson.provider().createArrayBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      array.add(
          OrderFields.write(object().add("line", i + 1), line)
              .add("total", line.total())
              .add("returned", returned.get(i)));
    }
    return array.build();
  }

  /** Stores a row as it is shown. */
  private static final class Codec implements RowCodec<OrderRow> {

    @Override
    public String encode(OrderRow row) {
      return show(row.id(), row.order()).toString();
    }

    @Override
    public OrderRow decode(String data) {
      return ObjectReader.read(StrictJson.parse(data), Codec::row).orThrow("The row");
    }

    private static OrderRow row(ObjectReader json) {
      return new OrderRow(json.text("id", 1, 64), order(json));
    }

    private static Order order(ObjectReader json) {
      String status = json.text("status", 1, 20);
      List<Long> returned = new ArrayList<>();
      OrderDetails details = OrderFields.details(json, line -> line(line, returned));
      long refunded = OrderFields.amount(json, "refunded");
      return switch (status) {
        case "placed" -> new Order.Placed(details);
        case "confirmed" -> new Order.Confirmed(details);
        case "completed" -> new Completed(details, returned, refunded);
        case "cancelled" ->
            new Order.Cancelled(
                details, json.text("cancellationReason", 1, OrderFields.MAX_REASON));
        default -> throw new UnreadableException("The row has an unknown status");
      };
    }

    private static Line line(ObjectReader json, List<Long> returned) {
      json.integer("line", 1, OrderFields.MAX_LINES);
      OrderFields.amount(json, "total");
      returned.add(OrderFields.amount(json, "returned"));
      return OrderFields.line(json);
    }
  }
}
