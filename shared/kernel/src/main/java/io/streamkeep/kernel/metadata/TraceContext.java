package io.streamkeep.kernel.metadata;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a distributed trace, as W3C writes it.
 *
 * @param traceparent version 00 and in lower case: {@code 00-trace id-parent id-flags}
 * @param tracestate what tracing systems add, opaque: {@code key=value,…} without spaces around a
 *     comma, at most 32 of them and {@value #MAX_STATE} characters; null if there is nothing
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {

  /** In characters: what the specification wants kept at least. */
  public static final int MAX_STATE = 512;

  private static final Pattern PARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private static final String MEMBER =
      "[a-z0-9][a-z0-9_*/@-]{0,255}=[ -~&&[^,=]]{0,255}[!-~&&[^,=]]";

  private static final Pattern STATE = Pattern.compile(MEMBER + "(," + MEMBER + "){0,31}");

  public TraceContext {
    if (!PARENT.matcher(traceparent).matches()) {
      throw new IllegalArgumentException("Not a traceparent of version 00");
    }
    if (tracestate != null && !isState(tracestate)) {
      throw new IllegalArgumentException("Not a tracestate");
    }
  }

  /** Whether a trace has this as its state. */
  public static boolean isState(String tracestate) {
    return tracestate.length() <= MAX_STATE && STATE.matcher(tracestate).matches();
  }

  /** 32 hexadecimal digits, the same for all that is part of the trace. */
  public String traceId() {
    return traceparent.substring(3, 35);
  }
}
