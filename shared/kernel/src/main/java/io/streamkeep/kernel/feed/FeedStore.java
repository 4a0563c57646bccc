package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import java.util.Map;

/**
 * Keeps the feed's pages, by partition, and how far it has come in each stream. Every read sees
 * every append before it.
 */
public interface FeedStore {

  /** The number of a partition's newest page, 0 if it has none. */
  long newest(int partition);

  /**
   * Appends a page, if there is none of its number yet and the feed has come in each stream as far
   * as the run begins; then it has come as far as the run ends. All or nothing.
   */
  Appended append(int partition, FeedPage page);

  /** Pages of a partition from number {@code from} on, in order: at most {@code limit} of them. */
  List<FeedPage> read(int partition, long from, int limit);

  /** How an append ended. */
  sealed interface Appended {

    /** It is written. */
    record Done() implements Appended {}

    /**
     * Somebody else was faster.
     *
     * @param taken whether there is a page of that number already
     * @param cursors how far the feed has come in those streams where that is not where the run
     *     begins
     */
    record Moved(boolean taken, Map<StreamId, Long> cursors) implements Appended {
      public Moved {
        cursors = Map.copyOf(cursors);
      }
    }

    /** Another append was at work on the same, or the store asks to be called less often. */
    record Collided() implements Appended {}
  }
}
