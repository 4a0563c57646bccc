package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a partition of the feed, as consumers keep it: {@code 2.4200} is position 4200 in
 * generation 2.
 *
 * @param position 0 before the first commit
 */
record FeedCursor(long generation, long position) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})\\.([0-9]{1,18})");

  @Override
  public String toString() {
    return generation + "." + position;
  }

  /** The position that the parameter {@code after} has in this generation; 0 for the start. */
  static long after(HttpRequest request, int generation) {
    FeedCursor cursor =
        request
            .query("after")
            .filter(text -> !text.equals("0"))
            .map(text -> read(text).orElseThrow(() -> refused().exception()))
            .orElse(new FeedCursor(generation, 0));
    if (cursor.generation != generation) {
      throw restarted(cursor.generation, generation).exception();
    }
    return cursor.position;
  }

  private static Optional<FeedCursor> read(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new FeedCursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  private static Problem refused() {
    return Problem.badParameter("after", "must be 0, or next of an earlier response");
  }

  private static Problem restarted(long before, int now) {
    return Problem.of(
        410,
        "feed-restarted",
        "The feed has started anew",
        """
        The cursor belongs to generation %d, the feed is at generation %d. Discard what you \
        derived from the feed, and read it again from after=0.\
        """
            .formatted(before, now));
  }
}
