package io.streamkeep.aws.http;

/** Query parameters that are no texts. */
public final class Parameters {

  private Parameters() {}

  /** The parameter, or {@code other} if it is not given; out of its range it is a bad request. */
  public static long whole(HttpRequest request, String name, long other, long min, long max) {
    return request.query(name).map(text -> parse(name, text, min, max)).orElse(other);
  }

  /** Whether the parameter is {@code true}; not if it is not given. */
  public static boolean flag(HttpRequest request, String name) {
    String value = request.query(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Problem.badParameter(name, "must be true or false").exception();
    }
    return value.equals("true");
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
