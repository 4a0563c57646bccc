package io.streamkeep.domain.order;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What sales are added up by.
 *
 * @param day on which an order was placed, in UTC
 * @param country where it goes, null if that was not told
 * @param currency ISO 4217
 */
public record SalesKey(LocalDate day, @Nullable String country, String currency) {

  private static final String SEPARATOR = "#";

  /** Whether there can be such a country. */
  public static boolean isCountry(String text) {
    return OrderFields.COUNTRY.matcher(text).matches();
  }

  /** {@code day#country#currency}, in which days are in order and no country has the separator. */
  String sortKey() {
    return String.join(SEPARATOR, day.toString(), country == null ? "" : country, currency);
  }

  /** Reads the sortKey of a total; throws {@link IllegalArgumentException} for what is none. */
  public static SalesKey of(String sortKey) {
    String[] parts = sortKey.split(SEPARATOR, -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("Not a sortKey of sales: " + sortKey);
    }
    return new SalesKey(LocalDate.parse(parts[0]), parts[1].isEmpty() ? null : parts[1], parts[2]);
  }
}
