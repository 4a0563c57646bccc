package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scans the cursors of subscribers in all streams. */
@FunctionalInterface
public interface CursorScanner {

  /**
   * A cursor.
   *
   * @param cursor if it is damaged, reading its commit throws
   */
  record ScannedCursor(String subscriber, StreamId stream, StoredCursor cursor) {}

  /**
   * A part of the scan.
   *
   * @param next the position after which the scan continues, or null at its end
   */
  record Page(List<ScannedCursor> cursors, @Nullable String next) {

    public Page {
      cursors = List.copyOf(cursors);
    }
  }

  /** The page after a position (null = from the start); may be slightly stale. */
  Page after(@Nullable String position);
}
