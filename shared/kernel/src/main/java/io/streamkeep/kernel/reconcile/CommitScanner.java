package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scans the commits of all streams. */
@FunctionalInterface
public interface CommitScanner {

  /**
   * A commit, without its events.
   *
   * @param time when its command was decided, or null if that can't be read
   * @param position the position at which the scan found it
   */
  record ScannedCommit(StreamId stream, long number, @Nullable Instant time, String position) {}

  /**
   * A part of the scan.
   *
   * @param commits grouped by stream, oldest first; a page may split a stream
   * @param foreign the number of items that belong to no stream
   * @param next the position after which the scan continues, or null at its end
   */
  record Page(List<ScannedCommit> commits, int foreign, @Nullable String next) {}

  /**
   * The page after a position (null = from the start), in a stable order; may be slightly stale.
   */
  Page after(@Nullable String position);
}
