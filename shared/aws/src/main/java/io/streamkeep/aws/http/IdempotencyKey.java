package io.streamkeep.aws.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key that makes tries of one request one request.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07">The
 *     Idempotency-Key HTTP Header Field</a>; a key without quotes, as many clients send it, is
 *     taken too
 */
public final class IdempotencyKey {

  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY =
      Pattern.compile("\"(?<quoted>[!#-~]{1,128})\"|(?<bare>[!#-~]{1,128})");

  private IdempotencyKey() {}

  /** The key without its quotes; a request without one is a bad request. */
  public static String of(HttpRequest request) {
    String value =
        request
            .header(HEADER)
            .orElseThrow(() -> Problem.badParameter(HEADER, "is required").exception());
    Matcher matcher = KEY.matcher(value);
    if (!matcher.matches()) {
      throw Problem.badParameter(HEADER, "must have 1 to 128 printable characters").exception();
    }
    String quoted = matcher.group("quoted");
    return quoted == null ? matcher.group("bare") : quoted;
  }
}
