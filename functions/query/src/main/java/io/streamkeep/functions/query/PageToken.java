package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a page of a list ended, opaque to clients: the rank of its last row. */
final class PageToken {

  private static final Pattern RANK = Pattern.compile("[ -~]{1,100}");

  private PageToken() {}

  static String write(String rank) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(rank.getBytes(StandardCharsets.UTF_8));
  }

  /** The rank, or null without a cursor; what no page gave as next is a bad request. */
  static @Nullable String of(HttpRequest request) {
    return request.query("cursor").map(PageToken::read).orElse(null);
  }

  private static String read(String cursor) {
    try {
      String rank = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (RANK.matcher(rank).matches()) {
        return rank;
      }
    } catch (IllegalArgumentException e) {
      // said below, as for what decodes to no rank
    }
    throw Problem.badParameter("cursor", "must be what the page before gave as next").exception();
  }
}
