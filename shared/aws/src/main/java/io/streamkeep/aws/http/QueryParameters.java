package io.streamkeep.aws.http;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Query parameters that are no texts. */
public final class QueryParameters {

  /** The characters of a day of the years 0 to 9999. */
  private static final int DAY = 10;

  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;

  private QueryParameters() {}

  /** The parameter, or {@code other} if it is not given; out of its range it is a bad request. */
  public static long integer(HttpRequest request, String name, long other, long min, long max) {
    return request.query(name).map(text -> parse(name, text, min, max)).orElse(other);
  }

  /** How many items a page has at most: {@code limit}, 1 to 100, 20 if it is not given. */
  public static int limit(HttpRequest request) {
    return (int) integer(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
  }

  /** Whether the parameter is {@code true}; not if it is not given. */
  public static boolean flag(HttpRequest request, String name) {
    String value = request.query(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Problem.badParameter(name, "must be true or false").exception();
    }
    return value.equals("true");
  }

  /** The day, which has to be given, as {@code 2011-03-31}; what is none is a bad request. */
  public static LocalDate day(HttpRequest request, String name) {
    String text = request.query(name).orElse("");
    try {
      if (text.length() == DAY) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      // said below, as for what is too long or not given
    }
    throw Problem.badParameter(name, "must be a day such as 2011-03-31").exception();
  }

  private static long parse(String name, String text, long min, long max) {
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw Problem.badParameter(name, "must be a whole number from " + min + " to " + max)
        .exception();
  }
}
