package io.streamkeep.aws.http;

import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.store.CommandId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header that identifies attempts of the same request.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07">The
 *     Idempotency-Key HTTP Header Field</a>; a key without quotes, as many clients send it, is
 *     accepted too
 */
public final class IdempotencyKey {

  private static final String HEADER = "Idempotency-Key";
  private static final Pattern KEY =
      Pattern.compile("\"(?<quoted>[!#-~]{1,128})\"|(?<bare>[!#-~]{1,128})");

  /** The ARN of an assumed role, followed by its session. */
  private static final Pattern ROLE =
      Pattern.compile("(arn:[^:]+:sts::[0-9]+:assumed-role/[^/]+)/.*");

  private IdempotencyKey() {}

  /**
   * The id of the request's command: its key, scoped to the caller. A request without a key is a
   * bad request.
   */
  public static CommandId of(HttpRequest request) {
    return CommandId.of(key(request), caller(request));
  }

  /** The key without its quotes. */
  private static String key(HttpRequest request) {
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

  /** Tenant and signer; a role without its session, which the next attempt may not share. */
  private static String caller(HttpRequest request) {
    String tenant = request.tenant().map(TenantId::value).orElse("");
    String signer =
        request.actor() == null ? "" : ROLE.matcher(request.actor().value()).replaceFirst("$1");
    return tenant.isEmpty() && signer.isEmpty() ? "" : tenant + "\n" + signer;
  }
}
