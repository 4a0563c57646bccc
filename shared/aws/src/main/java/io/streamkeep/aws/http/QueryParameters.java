package io.streamkeep.aws.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Reads query parameters that are not plain text. */
public final class QueryParameters {

  /** Length of a day in the years 0 to 9999. */
  private static final int DAY_LENGTH = 10;

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;

  private QueryParameters() {}

  /**
   * The parameter, in ASCII digits, or a default if it is absent; anything else and what is out of
   * range is a bad request.
   */
  public static long integer(HttpRequest request, String name, long orElse, long min, long max) {
    return request.query(name).map(text -> parse(name, text, min, max)).orElse(orElse);
  }

  /** The maximum size of a page: {@code limit}, 1 to 100, 20 if it is absent. */
  public static int limit(HttpRequest request) {
    return (int) integer(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  /** True if the parameter is {@code true}; false if it is absent. */
  public static boolean flag(HttpRequest request, String name) {
    String value = request.query(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Problem.badParameter(name, "must be true or false").exception();
    }
    return value.equals("true");
  }

  /** A required day such as {@code 2011-03-31}; anything else is a bad request. */
  public static LocalDate day(HttpRequest request, String name) {
    String text = request.query(name).orElse("");
    try {
      if (text.length() == DAY_LENGTH) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      // reported below
    }
    throw Problem.badParameter(name, "must be a day such as 2011-03-31").exception();
  }

  private static long parse(String name, String text, long min, long max) {
    try {
      if (DIGITS.matcher(text).matches()) { // parseLong takes signs and the digits of any script
        long value = Long.parseLong(text);
        if (value >= min && value <= max) {
          return value;
        }
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw Problem.badParameter(name, "must be a whole number from " + min + " to " + max)
        .exception();
  }
}
