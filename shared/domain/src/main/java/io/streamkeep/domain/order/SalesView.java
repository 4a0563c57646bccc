package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderJson.object;
import static io.streamkeep.domain.order.OrderJson.optional;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.Total;
import io.streamkeep.kernel.View;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Orders and revenue by {@link SalesKey}: a row says what its order counts now, and the totals of
 * the group {@value #NAME} are of all orders. Revenue is what was ordered, less what came back, in
 * minor units; an order that was cancelled counts nothing.
 */
public final class SalesView implements View {

  public static final String NAME = "sales";

  /** The amounts of a total. */
  public static final String ORDERS = "orders";

  public static final String REVENUE = "revenue";

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final OrderFormat format = new OrderFormat();

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
    @Nullable Counted counted = row == null ? null : read(row.data());
    for (RecordedEvent recorded : commit.events()) {
      OrderEvent event = format.decode(recorded);
      counted = counted == null ? first(event) : counted.after(event);
    }
    if (counted == null) {
      throw new IllegalStateException("A commit without events");
    }
    return new Row(counted.write(), null);
  }

  @Override
  public List<Total> totals(Row row) {
    Counted counted = read(row.data());
    return List.of(
        new Total(
            NAME, counted.key.rank(), Map.of(ORDERS, counted.orders, REVENUE, counted.revenue)));
  }

  private static Counted first(OrderEvent event) {
    if (event instanceof OrderEvent.Placed placed) {
      LocalDate day = LocalDate.ofInstant(placed.placedAt(), ZoneOffset.UTC);
      return new Counted(new SalesKey(day, placed.country(), placed.currency()), 1, placed.total());
    }
    throw new IllegalStateException("An order that was not placed");
  }

  /** What one order counts. */
  private record Counted(SalesKey key, long orders, long revenue) {

    Counted after(OrderEvent event) {
      return switch (event) {
        case OrderEvent.Placed placed -> throw new IllegalStateException("Placed twice");
        case OrderEvent.LinesChanged(var lines, var total) -> new Counted(key, orders, total);
        case OrderEvent.Confirmed() -> this;
        case OrderEvent.Completed() -> this;
        case OrderEvent.Cancelled(var reason) -> new Counted(key, 0, 0);
        case OrderEvent.Returned(var quantities, var refund, var reason) ->
            new Counted(key, orders, revenue - refund);
      };
    }

    String write() {
      return optional(object().add("day", key.day().toString()), "country", key.country())
          .add("currency", key.currency())
          .add(ORDERS, orders)
          .add(REVENUE, revenue)
          .build()
          .toString();
    }
  }

  private static Counted read(String data) {
    return ObjectReader.read(StrictJson.parse(data), SalesView::counted).orUnreadable("The row");
  }

  private static Counted counted(ObjectReader json) {
    String day = json.text("day", DAY, "a day");
    SalesKey key =
        new SalesKey(
            day.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(day),
            OrderJson.country(json),
            OrderJson.currency(json));
    return new Counted(key, json.whole(ORDERS, 0, 1), OrderJson.amount(json, REVENUE));
  }
}
