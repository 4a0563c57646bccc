package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores the position of each subscriber in each stream, and where it is parked.
 *
 * @param <C> the data stored for a stream: the cursor, and perhaps more
 */
public interface CursorStore<C extends CursorStore.StoredCursor> {

  /** A subscriber's cursor in one stream, as stored. */
  interface StoredCursor {

    /**
     * The number of the last commit applied, 0 before the first.
     *
     * @throws UnreadableException if the stored data is not a cursor
     */
    long commit();

    /** True if the subscriber was parked here and has not advanced since. */
    boolean parked();
  }

  /** A cursor in memory. */
  record Position(long commit, boolean parked) implements StoredCursor {}

  /** The newest cursor, read consistently. */
  C find(String subscriber, StreamId stream);

  /**
   * The cursor as this process last saw it, without a read; empty if nothing is known. Use it only
   * where a conditional write checks it.
   */
  default Optional<C> cached(String subscriber, StreamId stream) {
    return Optional.empty();
  }

  /**
   * Moves a cursor forward, unless it was moved or parked since {@code before} was read; then it
   * changes nothing and returns nothing. A subscriber that advances is no longer parked.
   *
   * @param commit the last commit applied
   */
  Optional<C> advance(String subscriber, StreamId stream, StoredCursor before, long commit);

  /**
   * Deletes everything that is stored for a subscriber in a stream; returns false, and deletes
   * nothing, if it was changed since {@code before} was read.
   */
  boolean remove(String subscriber, StreamId stream, StoredCursor before);

  /**
   * Records that a subscriber can't continue at a position, with the reason; counts the attempt if
   * it was parked already. Does nothing if the subscriber has advanced past the position.
   */
  void park(ParkedPosition position, String reason, Instant at);
}
