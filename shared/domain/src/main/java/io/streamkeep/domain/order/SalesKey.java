package io.streamkeep.domain.order;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The key by which sales are added up.
 *
 * @param day the order was placed, in UTC
 * @param country the destination, null if unknown
 * @param currency ISO 4217
 */
public record SalesKey(LocalDate day, @Nullable String country, String currency) {

  private static final String SEPARATOR = "#";

  /** True if a text can be a country. */
  public static boolean isCountry(String text) {
    return OrderFields.COUNTRY.matcher(text).matches();
  }

  /** {@code day#country#currency}, which sorts by day; no country contains the separator. */
  String sortKey() {
    return String.join(SEPARATOR, day.toString(), country == null ? "" : country, currency);
  }

  /** Parses the sort key of a total; throws {@link IllegalArgumentException} for anything else. */
  public static SalesKey of(String sortKey) {
    String[] parts = sortKey.split(SEPARATOR, -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("Not a sort key of sales: " + sortKey);
    }
    return new SalesKey(LocalDate.parse(parts[0]), parts[1].isEmpty() ? null : parts[1], parts[2]);
  }
}
