package io.streamkeep.domain.order;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.order.Order.OrderDetails;
import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields that requests, events and views of orders share, and their limits. */
final class OrderFields {

  static final int MAX_LINES = 1_000;
  private static final int MAX_SKU = 64;
  private static final int MAX_DESCRIPTION = 200;
  static final int MAX_REASON = 500;
  private static final long MAX_QUANTITY = 1_000_000_000L;
  private static final long MAX_UNIT_PRICE = 1_000_000_000_000L;
  static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9._~:@+-]{1,64}");
  static final Pattern COUNTRY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .,'()&-]{0,63}");
  private static final String COUNTRY_MEANING =
      "1 to 64 characters of A-Z a-z 0-9 space . , ' ( ) & -, the first a letter or digit";
  private static final Pattern REQUESTED_COUNTRY = Pattern.compile("(?!.* $)" + COUNTRY.pattern());
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private OrderFields() {}

  static JsonObjectBuilder object() {
    return StrictJson.provider().createObjectBuilder();
  }

  static JsonObjectBuilder optional(JsonObjectBuilder json, String name, @Nullable String value) {
    return value == null ? json : json.add(name, value);
  }

  static @Nullable String customer(ObjectReader json) {
    return json.optionalText(
        "customer", CUSTOMER, "1 to 64 characters of A-Z a-z 0-9 . _ ~ : @ + -");
  }

  /** The country of a stored order, which may end with spaces. */
  static @Nullable String country(ObjectReader json) {
    return json.nullableText("country", COUNTRY, COUNTRY_MEANING);
  }

  /**
   * The country of a new order. ASCII only and without spaces around it: no country then has two
   * spellings that look alike but are counted separately.
   */
  static @Nullable String requestedCountry(ObjectReader json) {
    return json.optionalText(
        "country", REQUESTED_COUNTRY, COUNTRY_MEANING + ", without a space at its end");
  }

  /** The currency of a stored order. */
  static String currency(ObjectReader json) {
    return json.text("currency", CURRENCY, "a currency code of three capital letters");
  }

  /** The currency of a new order; the decider rejects a code that nobody knows. */
  static String requestedCurrency(ObjectReader json) {
    return json.text(
        "currency",
        code ->
            CURRENCY.matcher(code).matches() && known(code).map(OrderFields::isMoney).orElse(true),
        "a currency code of three capital letters, but not one of metals, units of account or"
            + " tests");
  }

  /** True for the code of a currency in which there are amounts of money. */
  static boolean isMoney(String code) {
    return known(code).map(OrderFields::isMoney).orElse(false);
  }

  /** False for metals, units of account, tests and no currency, which have no minor units. */
  private static boolean isMoney(Currency currency) {
    return currency.getDefaultFractionDigits() >= 0;
  }

  private static Optional<Currency> known(String code) {
    try {
      return Optional.of(Currency.getInstance(code))
          .filter(currency -> currency.getCurrencyCode().equals(code));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String reason(ObjectReader json) {
    return json.text("reason", 1, MAX_REASON);
  }

  static @Nullable String optionalReason(ObjectReader json) {
    return json.optionalText("reason", 1, MAX_REASON);
  }

  static long amount(ObjectReader json, String name) {
    return json.integer(name, 0, Long.MAX_VALUE);
  }

  static List<Line> lines(ObjectReader json) {
    return json.list("lines", 1, MAX_LINES, OrderFields::line);
  }

  static Line line(ObjectReader json) {
    return new Line(
        json.text("sku", 1, MAX_SKU),
        json.text("description", 0, MAX_DESCRIPTION),
        json.integer("quantity", 1, MAX_QUANTITY),
        json.integer("unitPrice", 0, MAX_UNIT_PRICE));
  }

  static OrderDetails details(ObjectReader json, Function<ObjectReader, Line> line) {
    return new OrderDetails(
        customer(json),
        country(json),
        currency(json),
        json.instant("placedAt"),
        json.list("lines", 1, MAX_LINES, line),
        amount(json, "total"));
  }

  static JsonObjectBuilder write(
      JsonObjectBuilder json, OrderDetails details, String placedAt, JsonArray lines) {
    return optional(optional(json, "customer", details.customer()), "country", details.country())
        .add("currency", details.currency())
        .add("placedAt", placedAt)
        .add("lines", lines)
        .add("total", details.total());
  }

  static JsonArray write(List<Line> lines) {
    JsonArrayBuilder array = StrictJson.provider().createArrayBuilder();
    lines.forEach(line -> array.add(write(object(), line)));
    return array.build();
  }

  static JsonObjectBuilder write(JsonObjectBuilder json, Line line) {
    return json.add("sku", line.sku())
        .add("description", line.description())
        .add("quantity", line.quantity())
        .add("unitPrice", line.unitPrice());
  }

  static List<ReturnedLine> returnedLines(ObjectReader json) {
    return json.list(
        "lines",
        1,
        MAX_LINES,
        line ->
            new ReturnedLine(
                (int) line.integer("line", 1, MAX_LINES),
                line.integer("quantity", 1, MAX_QUANTITY)));
  }

  static JsonArray writeReturned(SortedMap<Integer, Long> quantities) {
    JsonArrayBuilder array = StrictJson.provider().createArrayBuilder();
    quantities.forEach(
        (line, quantity) -> array.add(object().add("line", line).add("quantity", quantity)));
    return array.build();
  }
}
