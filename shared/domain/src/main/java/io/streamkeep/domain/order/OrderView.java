package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderJson.object;
import static io.streamkeep.domain.order.OrderJson.optional;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.order.Order.Completed;
import io.streamkeep.domain.order.Order.Content;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventCodec;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.View;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An order as the API shows it, and the view that keeps it so. */
public final class OrderView implements View {

  public static final String NAME = "order";

  private final OrderDecider decider = new OrderDecider();
  private final EventCodec<OrderEvent> format;

  public OrderView() {
    this(new OrderFormat());
  }

  OrderView(EventCodec<OrderEvent> format) {
    this.format = format;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String category() {
    return Order.CATEGORY;
  }

  @Override
  public Set<String> lasting() {
    return Set.of("lines");
  }

  @Override
  public Row apply(@Nullable Row row, Commit commit) {
    Order order = row == null ? decider.initial() : read(row.data());
    for (RecordedEvent event : commit.events()) {
      order = decider.evolve(order, format.decode(event));
    }
    return new Row(write(commit.stream().key(), order).toString(), null);
  }

  /** The order as one JSON object; throws {@link IllegalStateException} if there is none. */
  public static JsonObject write(String id, Order order) {
    if (!(order instanceof Order.Existing existing)) {
      throw new IllegalStateException("There is no order to show");
    }
    Content content = existing.content();
    JsonObjectBuilder json =
        optional(
                optional(
                    object().add("id", id).add("status", status(existing)),
                    "customer",
                    content.customer()),
                "country",
                content.country())
            .add("currency", content.currency())
            .add("placedAt", content.placedAt().toString())
            .add("lines", lines(content.lines(), returned(existing)))
            .add("total", content.total())
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
        : Completed.of(order.content()).returned();
  }

  private static JsonArrayBuilder lines(List<Line> lines, List<Long> returned) {
    JsonArrayBuilder array = StrictJson.provider().createArrayBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      array.add(
          OrderJson.write(object().add("line", i + 1), line)
              .add("total", line.total())
              .add("returned", returned.get(i)));
    }
    return array;
  }

  private static Order read(String data) {
    return ObjectReader.read(StrictJson.parse(data), OrderView::order).orUnreadable("The row");
  }

  private static Order order(ObjectReader json) {
    json.text("id", 1, 64);
    String status = json.text("status", 1, 20);
    List<Long> returned = new ArrayList<>();
    Content content =
        new Content(
            OrderJson.customer(json),
            OrderJson.country(json),
            OrderJson.currency(json),
            json.instant("placedAt"),
            json.list("lines", 1, OrderJson.MAX_LINES, line -> line(line, returned)),
            OrderJson.amount(json, "total"));
    long refunded = OrderJson.amount(json, "refunded");
    return switch (status) {
      case "placed" -> new Order.Placed(content);
      case "confirmed" -> new Order.Confirmed(content);
      case "completed" -> new Completed(content, returned, refunded);
      case "cancelled" ->
          new Order.Cancelled(content, json.text("cancellationReason", 1, OrderJson.MAX_REASON));
      default -> throw new UnreadableException("The row has an unknown status");
    };
  }

  private static Line line(ObjectReader json, List<Long> returned) {
    json.whole("line", 1, OrderJson.MAX_LINES);
    OrderJson.amount(json, "total");
    returned.add(OrderJson.amount(json, "returned"));
    return OrderJson.line(json);
  }
}
