package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Stores one generation of the feed: its pages, by partition, and its cursor in each stream. Every
 * read sees every earlier append.
 */
public interface FeedStore {

  /** The number of a partition's newest page, 0 if it has none. */
  long newestPage(int partition);

  /**
   * Appends a page and moves the cursors of its streams to the ends of their ranges, atomically.
   * Appends nothing if the page number is taken or a cursor is not at the start of its range.
   */
  AppendResult append(int partition, FeedPage page);

  /** Pages of a partition in order, from number {@code from} on, at most {@code limit}. */
  List<FeedPage> read(int partition, long from, int limit);

  /**
   * Records that the feed can't continue in a stream, with the reason, as {@link CursorStore#park}
   * does.
   */
  void park(ParkedPosition position, String reason, Instant at);

  /** True if the feed is recorded as parked in a stream. */
  boolean isParked(StreamId stream);

  /** Deletes the record that the feed is parked in a stream, if there is one. */
  void unpark(StreamId stream);

  /** The result of an append; only one kind has written. */
  sealed interface AppendResult {

    /** The page is written. */
    record Appended() implements AppendResult {}

    /**
     * Another process was faster.
     *
     * @param taken true if a page of that number already exists
     * @param cursors the feed's cursors in those streams where they are not at the start of the
     *     range; one that is damaged says so when it is read
     */
    record Conflict(boolean taken, Map<StreamId, StoredCursor> cursors) implements AppendResult {
      public Conflict {
        cursors = Map.copyOf(cursors);
      }
    }

    /** Another append to the same items was in progress, or the store throttled. */
    record TransactionConflict() implements AppendResult {}
  }
}
