package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderFields.object;
import static io.streamkeep.domain.order.OrderFields.optional;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A customer's orders, each in short, newest first. A guest's order is in no list. */
public final class CustomerOrdersView implements View<OrderEvent, CustomerOrdersView.Summary> {

  public static final String NAME = "customer-orders";

  /**
   * An order in short.
   *
   * @param customer null for a guest
   * @param total in minor units, as is {@code refunded}
   */
  public record Summary(
      String id,
      String status,
      @Nullable String customer,
      String currency,
      Instant placedAt,
      long total,
      long refunded) {

    private Summary with(String newStatus, long newTotal, long newRefunded) {
      return new Summary(id, newStatus, customer, currency, placedAt, newTotal, newRefunded);
    }
  }

  /** The name of the list of a customer's orders; empty if no customer can be called so. */
  public static Optional<String> list(String customer) {
    return OrderFields.CUSTOMER.matcher(customer).matches()
        ? Optional.of(NAME + "/" + customer)
        : Optional.empty();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Summary apply(String key, @Nullable Summary row, OrderEvent event) {
    if (row == null) {
      return first(key, event);
    }
    return switch (event) {
      case OrderEvent.Placed placed -> throw new IllegalStateException("Placed twice");
      case OrderEvent.LinesChanged(var lines, var total) ->
          row.with(row.status(), total, row.refunded());
      case OrderEvent.Confirmed() -> row.with("confirmed", row.total(), row.refunded());
      case OrderEvent.Completed() -> row.with("completed", row.total(), row.refunded());
      case OrderEvent.Cancelled(var reason) -> row.with("cancelled", row.total(), row.refunded());
      case OrderEvent.Returned(var quantities, var refund, var reason) ->
          row.with(row.status(), row.total(), row.refunded() + refund);
    };
  }

  private static Summary first(String id, OrderEvent event) {
    if (event instanceof OrderEvent.Placed placed) {
      return new Summary(
          id, "placed", placed.customer(), placed.currency(), placed.placedAt(), placed.total(), 0);
    }
    throw new IllegalStateException("An order that was not placed");
  }

  @Override
  public @Nullable ListKey listKey(Summary row) {
    String customer = row.customer();
    return customer == null
        ? null
        : new ListKey(
            list(customer).orElseThrow(), Timestamp.format(row.placedAt()) + "/" + row.id());
  }

  @Override
  public RowCodec<Summary> codec() {
    return new Codec();
  }

  private static final class Codec implements RowCodec<Summary> {

    @Override
    public String encode(Summary row) {
      return optional(
              object().add("id", row.id()).add("status", row.status()), "customer", row.customer())
          .add("currency", row.currency())
          .add("placedAt", Timestamp.format(row.placedAt()))
          .add("total", row.total())
          .add("refunded", row.refunded())
          .build()
          .toString();
    }

    @Override
    public Summary decode(String data) {
      return ObjectReader.read(StrictJson.parse(data), Codec::summary).orThrow("The row");
    }

    private static Summary summary(ObjectReader json) {
      return new Summary(
          json.text("id", 1, 64),
          json.text("status", 1, 20),
          OrderFields.customer(json),
          OrderFields.currency(json),
          json.instant("placedAt"),
          OrderFields.amount(json, "total"),
          OrderFields.amount(json, "refunded"));
    }
  }
}
