package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderJson.object;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.View;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a list of a customer's orders shows of each; an order of a guest is in no list. */
public final class CustomerOrdersView implements View {

  public static final String NAME = "customer-orders";

  /** Of one length, so that the order of the texts is the order of the times. */
  private static final DateTimeFormatter RANK =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final OrderFormat format = new OrderFormat();

  /**
   * The list of a customer's orders, in which later ones have greater ranks; empty if no customer
   * can be called so.
   */
  public static Optional<String> group(String customer) {
    return OrderJson.CUSTOMER.matcher(customer).matches()
        ? Optional.of(NAME + "/" + customer)
        : Optional.empty();
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
  public Row apply(@Nullable Row row, Commit commit) {
    Row next = row;
    for (RecordedEvent recorded : commit.events()) {
      OrderEvent event = format.decode(recorded);
      if (event instanceof OrderEvent.Placed placed && next == null) {
        next = first(commit.stream().key(), placed);
      } else if (next != null) {
        next = new Row(read(next.data()).after(event).write(), next.place());
      } else {
        throw new IllegalStateException(recorded.type() + " of an order that was not placed");
      }
    }
    if (next == null) {
      throw new IllegalStateException("A commit without events");
    }
    return next;
  }

  private static Row first(String id, OrderEvent.Placed placed) {
    Summary summary =
        new Summary(id, "placed", placed.currency(), placed.placedAt(), placed.total(), 0);
    String customer = placed.customer();
    Place place =
        customer == null
            ? null
            : new Place(group(customer).orElseThrow(), RANK.format(placed.placedAt()) + "/" + id);
    return new Row(summary.write(), place);
  }

  private record Summary(
      String id, String status, String currency, Instant placedAt, long total, long refunded) {

    Summary after(OrderEvent event) {
      return switch (event) {
        case OrderEvent.Placed placed -> throw new IllegalStateException("Placed twice");
        case OrderEvent.LinesChanged(var lines, var newTotal) -> with(status, newTotal, refunded);
        case OrderEvent.Confirmed() -> with("confirmed", total, refunded);
        case OrderEvent.Completed() -> with("completed", total, refunded);
        case OrderEvent.Cancelled(var reason) -> with("cancelled", total, refunded);
        case OrderEvent.Returned(var quantities, var refund, var reason) ->
            with(status, total, refunded + refund);
      };
    }

    private Summary with(String newStatus, long newTotal, long newRefunded) {
      return new Summary(id, newStatus, currency, placedAt, newTotal, newRefunded);
    }

    String write() {
      return object()
          .add("id", id)
          .add("status", status)
          .add("currency", currency)
          .add("placedAt", placedAt.toString())
          .add("total", total)
          .add("refunded", refunded)
          .build()
          .toString();
    }
  }

  private static Summary read(String data) {
    return ObjectReader.read(StrictJson.parse(data), CustomerOrdersView::summary)
        .orUnreadable("The row");
  }

  private static Summary summary(ObjectReader json) {
    return new Summary(
        json.text("id", 1, 64),
        json.text("status", 1, 20),
        OrderJson.currency(json),
        json.instant("placedAt"),
        OrderJson.amount(json, "total"),
        OrderJson.amount(json, "refunded"));
  }
}
