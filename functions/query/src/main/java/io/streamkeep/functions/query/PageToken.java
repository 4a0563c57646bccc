package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The end of a page, opaque to clients: the sort key of its last item. */
final class PageToken {

  private static final Pattern SORT_KEY = Pattern.compile("[ -~]{1,100}");

  private PageToken() {}

  static String write(String sortKey) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sortKey.getBytes(StandardCharsets.UTF_8));
  }

  /** The sort key, or null without a cursor; an invalid cursor is a bad request. */
  static @Nullable String of(HttpRequest request) {
    return request.query("cursor").map(PageToken::read).orElse(null);
  }

  private static String read(String cursor) {
    try {
      String sortKey = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (SORT_KEY.matcher(sortKey).matches()) {
        return sortKey;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw Problem.badParameter("cursor", "must be the previous page's next").exception();
  }
}
