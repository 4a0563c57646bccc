package io.streamkeep.bench;

import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.store.CommandId;


/** What is kept of a request that an operator's tool has signed, and that is traced. */
public final class SignedRequest {

  private static final String ROLE = "arn:aws:sts::123456789012:assumed-role/warehouse";

  static final String ACTOR = ROLE + "/terminal-17";

  private SignedRequest() {}

  /** The command's id, as the command function makes it of an idempotency key and the signer. */
  public static CommandId command(String key) {
    return CommandId.of(key, "\n" + ROLE);
  }

  static String traceparent(String request) {
    String trace = request.replace("-", "");
    return "00-" + trace + "-" + trace.substring(16) + "-01";
  }

  /**
   * Of one request.
   *
   * @param request its id, a UUID
   */
  public static Metadata metadata(String request) {
    return new Metadata(
        new Actor(ACTOR),
        new CorrelationId(request),
        new CausationId(request),
        new TraceContext(traceparent(request), null),
        null);
  }
}
