package io.streamkeep.kernel.metadata;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A position in a distributed trace, in the W3C format.
 *
 * @param traceparent version 00, lower case: {@code 00-trace id-parent id-flags}
 * @param tracestate opaque data of tracing systems: at most 32 {@code key=value} pairs, separated
 *     by commas without spaces, and {@value #MAX_STATE} characters; null if there is none
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {

  /** In characters; the specification requires at least this. */
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

  /** True if a text is a valid tracestate. */
  public static boolean isState(String tracestate) {
    return tracestate.length() <= MAX_STATE && STATE.matcher(tracestate).matches();
  }

  /** 32 hexadecimal digits, the same for all parts of a trace. */
  public String traceId() {
    return traceparent.substring(3, 35);
  }
}
