package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderFields.object;
import static io.streamkeep.domain.order.OrderFields.optional;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.module.QueryOperation.Filter;
import io.streamkeep.domain.module.QueryOperation.ListDailyTotals;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Orders and revenue by {@link SalesKey}. A row holds what its order contributes now; the totals of
 * the group {@value #NAME} are over all orders. Revenue is what was ordered less what was returned,
 * in minor units. A cancelled order contributes nothing.
 */
public final class SalesView implements View<OrderEvent, SalesView.SalesContribution> {

  public static final String NAME = "sales";

  /** The amounts of a total. */
  public static final String ORDERS = "orders";

  public static final String REVENUE = "revenue";

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  static final ListDailyTotals QUERY =
      new ListDailyTotals(
          "listSales",
          "GET /sales",
          NAME,
          NAME,
          total -> amount(total, ORDERS).signum() != 0,
          List.of(
              new Filter(
                  "country",
                  country -> country.isEmpty() || SalesKey.isCountry(country),
                  "must be a country",
                  (total, country) -> country.equals(country(total)))),
          SalesView::line);

  /** The contribution of one order to the totals of its key. */
  public record SalesContribution(SalesKey key, long orders, long revenue) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SalesContribution apply(String key, @Nullable SalesContribution row, OrderEvent event) {
    if (row == null) {
      return first(event);
    }
    return switch (event) {
      case OrderEvent.Placed placed -> throw new IllegalStateException("Placed twice");
      case OrderEvent.LinesChanged(var lines, var total) ->
          new SalesContribution(row.key(), row.orders(), total);
      case OrderEvent.Confirmed() -> row;
      case OrderEvent.Completed() -> row;
      case OrderEvent.Cancelled(var reason) -> new SalesContribution(row.key(), 0, 0);
      case OrderEvent.Returned(var quantities, var refund, var reason) ->
          new SalesContribution(row.key(), row.orders(), row.revenue() - refund);
    };
  }

  private static SalesContribution first(OrderEvent event) {
    if (event instanceof OrderEvent.Placed placed) {
      LocalDate day = LocalDate.ofInstant(placed.placedAt(), ZoneOffset.UTC);
      SalesKey key = new SalesKey(day, placed.country(), placed.currency());
      return new SalesContribution(key, 1, placed.total());
    }
    throw new IllegalStateException("An order that was not placed");
  }

  @Override
  public List<AggregateTotal> totals(SalesContribution row) {
    return List.of(
        new AggregateTotal(
            NAME, row.key().sortKey(), Map.of(ORDERS, row.orders(), REVENUE, row.revenue())));
  }

  @Override
  public RowCodec<SalesContribution> codec() {
    return new Codec();
  }

  private static String country(TotalRow total) {
    return Objects.requireNonNullElse(SalesKey.of(total.sortKey()).country(), "");
  }

  private static BigInteger amount(TotalRow total, String name) {
    return total.amounts().getOrDefault(name, BigInteger.ZERO);
  }

  private static JsonObject line(TotalRow total) {
    SalesKey key = SalesKey.of(total.sortKey());
    return optional(object().add("day", key.day().toString()), "country", key.country())
        .add("currency", key.currency())
        .add(ORDERS, amount(total, ORDERS))
        .add(REVENUE, amount(total, REVENUE))
        .build();
  }

  private static final class Codec implements RowCodec<SalesContribution> {

    @Override
    public String encode(SalesContribution row) {
      SalesKey key = row.key();
      return optional(object().add("day", key.day().toString()), "country", key.country())
          .add("currency", key.currency())
          .add(ORDERS, row.orders())
          .add(REVENUE, row.revenue())
          .build()
          .toString();
    }

    @Override
    public SalesContribution decode(String data) {
      return ObjectReader.read(StrictJson.parse(data), Codec::contribution).orThrow("The row");
    }

    private static SalesContribution contribution(ObjectReader json) {
      String day = json.text("day", DAY, "a day");
      SalesKey key =
          new SalesKey(
              day.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(day),
              OrderFields.country(json),
              OrderFields.currency(json));
      return new SalesContribution(
          key, json.integer(ORDERS, 0, 1), OrderFields.amount(json, REVENUE));
    }
  }
}
