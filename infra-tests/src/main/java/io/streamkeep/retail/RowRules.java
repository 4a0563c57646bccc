package io.streamkeep.retail;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a row must hold for the API to take it; a broken rule is a reason code. */
final class RowRules {

  // 18 digits are what a long surely holds, and far beyond what the API takes.
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?");
  private static final long MAX_QUANTITY = 1_000_000_000L;
  private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000_000_000L);
  private static final int MAX_SKU = 64;
  private static final int MAX_DESCRIPTION = 200;

  private final int digits;

  RowRules(Currency currency) {
    this.digits = currency.getDefaultFractionDigits();
  }

  /** The first rule that a row of an order breaks. */
  Optional<String> ordered(Row row) {
    return orderedQuantity(row).or(() -> price(row)).or(() -> texts(row));
  }

  /** The first rule that a row of a return breaks; only what is sent of it matters. */
  static Optional<String> returned(Row row) {
    if (!INTEGER.matcher(row.quantity()).matches()) {
      return Optional.of("quantity-not-an-integer");
    }
    return Long.parseLong(row.quantity()) < 0
        ? Optional.empty()
        : Optional.of("quantity-not-negative");
  }

  private static Optional<String> orderedQuantity(Row row) {
    if (!INTEGER.matcher(row.quantity()).matches()) {
      return Optional.of("quantity-not-an-integer");
    }
    long quantity = Long.parseLong(row.quantity());
    if (quantity <= 0) {
      return Optional.of("quantity-not-positive");
    }
    return quantity > MAX_QUANTITY ? Optional.of("quantity-too-large") : Optional.empty();
  }

  private Optional<String> price(Row row) {
    if (!DECIMAL.matcher(row.unitPrice()).matches()) {
      return Optional.of("price-not-a-number");
    }
    BigDecimal minor = new BigDecimal(row.unitPrice()).movePointRight(digits);
    if (minor.signum() < 0) {
      return Optional.of("price-negative");
    }
    if (minor.stripTrailingZeros().scale() > 0) {
      return Optional.of("price-not-in-minor-units");
    }
    return minor.compareTo(MAX_PRICE) > 0 ? Optional.of("price-too-large") : Optional.empty();
  }

  private static Optional<String> texts(Row row) {
    if (row.sku().isEmpty()) {
      return Optional.of("sku-missing");
    }
    if (length(row.sku()) > MAX_SKU) {
      return Optional.of("sku-too-long");
    }
    return length(row.description()) > MAX_DESCRIPTION
        ? Optional.of("description-too-long")
        : Optional.empty();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
