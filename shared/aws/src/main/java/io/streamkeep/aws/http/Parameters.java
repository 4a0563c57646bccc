package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.Problem;

/** Query parameters that are numbers. */
final class Parameters {

  private Parameters() {}

  /** The parameter, or {@code other} if it is not given; out of its range it is a bad request. */
  static long whole(HttpRequest request, String name, long other, long min, long max) {
    return request.query(name).map(text -> parse(name, text, min, max)).orElse(other);
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
