package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.reconcile.CommitScanner.Found;
import io.streamkeep.kernel.store.StreamId;
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
record StreamSegment(StreamId stream, @Nullable Found due, String end) {

  /** In the order of a page. */
  static List<StreamSegment> of(List<Found> page, Instant now) {
    List<StreamSegment> stretches = new ArrayList<>();
    for (Found found : page) {
      boolean another = stretches.isEmpty() || !stretches.getLast().stream.equals(found.stream());
      Found before = another ? null : stretches.removeLast().due;
      boolean due = found.time() == null || !ScanCycle.mayBeOnItsWay(found.time(), now);
      stretches.add(new StreamSegment(found.stream(), due ? found : before, found.place()));
    }
    return stretches;
  }

  /** The commit that all who want the stream must have, if it may be that somebody has not. */
  @Nullable Found toCompare(ScanCycle cycle) {
    boolean changed = due != null && (due.time() == null || cycle.isToCompare(due.time()));
    return changed ? due : null;
  }
}
