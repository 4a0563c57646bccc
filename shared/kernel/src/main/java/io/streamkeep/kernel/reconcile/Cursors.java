package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.StreamId;
import java.util.Map;

/** How far subscribers have come. */
@FunctionalInterface
public interface Cursors {

  /**
   * A subscriber in a stream.
   *
   * @param commit the last one that it has taken in; 0 before the first, or if that can't be read
   */
  record Cursor(long commit, boolean parked) {

    static final Cursor START = new Cursor(0, false);
  }

  /** By subscriber, consistently read; whoever has nothing of the stream is not there. */
  Map<String, Cursor> of(StreamId stream);
}
