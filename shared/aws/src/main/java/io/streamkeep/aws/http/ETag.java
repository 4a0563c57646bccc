package io.streamkeep.aws.http;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * A commit as an entity tag, {@code "3"}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-if-match">RFC 9110, If-Match</a>
 */
public final class ETag {

  private ETag() {}

  public static String of(long commit) {
    return "\"" + commit + "\"";
  }

  /** The condition of an If-Match on the newest commit (0 = none); always true without one. */
  public static LongPredicate ifMatch(HttpRequest request) {
    return request.header("If-Match").map(ETag::matcher).orElse(commit -> true);
  }

  private static LongPredicate matcher(String ifMatch) {
    if (ifMatch.strip().equals("*")) {
      return commit -> commit > 0;
    }
    return commit ->
        commit > 0
            && Arrays.stream(ifMatch.split(",")).anyMatch(tag -> tag.strip().equals(of(commit)));
  }
}
