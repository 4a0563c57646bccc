package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.reconcile.CommitScanner.ScannedCommit;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commits of one stream on a page: all of the stream, or a part.
 *
 * @param due the newest commit that is old enough, or null if none is
 * @param end the position of the last commit
 */
record StreamSegment(StreamId stream, @Nullable ScannedCommit due, String end) {

  /** The segments of a page, in its order. */
  static List<StreamSegment> of(List<ScannedCommit> page, Instant now) {
    List<StreamSegment> segments = new ArrayList<>();
    for (ScannedCommit commit : page) {
      boolean next = segments.isEmpty() || !segments.getLast().stream.equals(commit.stream());
      ScannedCommit before = next ? null : segments.removeLast().due;
      boolean due = commit.time() == null || !ScanCycle.mayBeInDelivery(commit.time(), now);
      segments.add(new StreamSegment(commit.stream(), due ? commit : before, commit.position()));
    }
    return segments;
  }

  /** The commit that all subscribers must have applied, or null if there is nothing to compare. */
  @Nullable ScannedCommit toCompare(ScanCycle cycle) {
    return due != null && (due.time() == null || cycle.mustCompare(due.time())) ? due : null;
  }
}
