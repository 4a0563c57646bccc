package io.streamkeep.functions.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.Problem;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one query's pages, opaque to clients: the query and, in the next line, the sort
 * key of a page's last item, as base64url without padding. So a cursor of another query is known to
 * be one.
 *
 * @param query the operation and everything that selects items, but not the size of a page
 */
record PageToken(String query) {

  private static final Pattern SORT_KEY = Pattern.compile("\\P{Cntrl}+");

  String write(String sortKey) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((query + "\n" + sortKey).getBytes(UTF_8));
  }

  /** The sort key, or null without a cursor; any text but a cursor of this query is refused. */
  @Nullable String of(HttpRequest request) {
    return request
        .query("cursor")
        .map(cursor -> read(cursor).orElseThrow(() -> refused().exception()))
        .orElse(null);
  }

  /** A problem with the parameter {@code cursor}. */
  static Problem refused() {
    return Problem.badParameter("cursor", "must be the next of a page of the same query");
  }

  private Optional<String> read(String cursor) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(text)
        .filter(decoded -> decoded.startsWith(query + "\n"))
        .map(decoded -> decoded.substring(query.length() + 1))
        .filter(sortKey -> SORT_KEY.matcher(sortKey).matches())
        .filter(DynamoTable::fitsSortKey)
        .filter(sortKey -> write(sortKey).equals(cursor)); // no other spelling of the same bytes
  }
}
