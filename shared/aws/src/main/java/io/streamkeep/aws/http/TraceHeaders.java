package io.streamkeep.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.kernel.metadata.TraceContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a request: the client's unchanged, since no span is recorded here that could become
 * the parent. If it is missing or invalid, X-Ray's trace in W3C form.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
 */
final class TraceHeaders {

  /** Any version; additions of later versions are ignored. */
  private static final Pattern PARENT =
      Pattern.compile(
          "(?<version>(?!ff)[0-9a-f]{2})-(?<ids>[0-9a-f]{32}-[0-9a-f]{16})"
              + "-(?<flags>[0-9a-f]{2})(?<more>-.*)?");

  private static final Pattern XRAY_ROOT =
      Pattern.compile("(?:^|;)Root=1-(?!0{8}-0{24})([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)");

  /** Members longer than this are dropped first if the state is too long. */
  private static final int LONG_MEMBER = 128;

  private TraceHeaders() {}

  static TraceContext of(HttpRequest request) {
    List<String> parents = request.headers("traceparent");
    return Optional.of(parents)
        .filter(given -> given.size() == 1)
        .flatMap(given -> parent(given.getFirst()))
        .flatMap(parent -> received(parent, state(request.headers("tracestate"))))
        .orElseGet(() -> started(request));
  }

  private static Optional<TraceContext> received(String parent, @Nullable String state) {
    try {
      return Optional.of(new TraceContext(parent, state));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // an id of zeros
    }
  }

  /** The parent in version 00; of a later version's flags only "sampled" is known. */
  private static Optional<String> parent(String header) {
    Matcher matcher = PARENT.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String flags = matcher.group("flags");
    if (!matcher.group("version").equals("00")) {
      flags = "0" + (Integer.parseInt(flags, 16) & 1);
    } else if (matcher.group("more") != null) {
      return Optional.empty();
    }
    return Optional.of("00-" + matcher.group("ids") + "-" + flags);
  }

  /** The part of the state that fits; an invalid state is dropped without affecting the parent. */
  private static @Nullable String state(List<String> headers) {
    List<String> members =
        new ArrayList<>(
            headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList());
    while (String.join(",", members).length() > TraceContext.MAX_STATE) {
      members.remove(
          members.stream()
              .filter(member -> member.length() > LONG_MEMBER)
              .findFirst()
              .orElseGet(members::getLast));
    }
    String state = String.join(",", members);
    return TraceContext.isState(state) ? state : null;
  }

  /** Derived from the request alone, so that restored environments never create the same id. */
  private static TraceContext started(HttpRequest request) {
    String own = UUID.nameUUIDFromBytes(request.id().getBytes(UTF_8)).toString().replace("-", "");
    String trace =
        request.headers("X-Amzn-Trace-Id").stream()
            .map(XRAY_ROOT::matcher)
            .filter(Matcher::find)
            .map(root -> root.group(1) + root.group(2))
            .findFirst()
            .orElse(own);
    return new TraceContext("00-" + trace + "-" + own.substring(16) + "-00", null);
  }
}
