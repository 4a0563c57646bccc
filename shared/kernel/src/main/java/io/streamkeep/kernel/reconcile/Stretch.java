package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.reconcile.AllCommits.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commits of one stream that were found in a row: all of it, or the part that a page has.
 *
 * @param due the newest one that is old enough, or null if none is
 * @param end the place of the last one
 */
record Stretch(StreamId stream, @Nullable Found due, String end) {

  /** In the order of a page. */
  static List<Stretch> of(List<Found> page, Instant now) {
    List<Stretch> stretches = new ArrayList<>();
    for (Found found : page) {
      boolean another = stretches.isEmpty() || !stretches.getLast().stream.equals(found.stream());
      Found before = another ? null : stretches.removeLast().due;
      boolean due = found.time() == null || !Cycle.mayBeOnItsWay(found.time(), now);
      stretches.add(new Stretch(found.stream(), due ? found : before, found.place()));
    }
    return stretches;
  }

  /** The commit that all who want the stream must have, if it may be that somebody has not. */
  @Nullable Found toCompare(Cycle cycle) {
    boolean changed = due != null && (due.time() == null || cycle.isToCompare(due.time()));
    return changed ? due : null;
  }
}
