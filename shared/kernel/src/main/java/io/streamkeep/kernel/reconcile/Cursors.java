package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.StreamId;
import java.util.Map;

/** Reads the cursors of subscribers. */
@FunctionalInterface
public interface Cursors {

  /**
   * A subscriber's cursor in a stream.
   *
   * @param commit the last commit applied; 0 before the first, or if that can't be read
   */
  record Cursor(long commit, boolean parked) {

    static final Cursor START = new Cursor(0, false);
  }

  /** The cursors in a stream by subscriber, read consistently; without those not yet stored. */
  Map<String, Cursor> of(StreamId stream);
}
