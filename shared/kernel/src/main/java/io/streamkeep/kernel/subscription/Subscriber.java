package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Applies the commits of streams exactly once and in order, although commits may arrive twice, late
 * or never. It keeps a cursor for each stream, written together with its effect.
 */
public interface Subscriber {

  /** Its stored name, such as {@code customer-orders}. */
  String name();

  /** True if it applies the commits of a stream. */
  boolean handles(StreamId stream);

  /**
   * Applies delivered commits of a stream: drops duplicates and fills the gap before them. Does
   * nothing where the subscriber is parked, since catching up applies these commits, too.
   *
   * @param delivered commits of the stream, ascending; none if they could not be read, so that all
   *     are read from the event store
   * @throws PoisonException if a commit can't be applied; all commits before it have been
   */
  void deliver(StreamId stream, List<Commit> delivered);

  /**
   * Applies delivered commits of several streams; by default one stream after the other.
   *
   * @return failures by stream. A {@link PoisonException} affects that stream only; anything else
   *     is an infrastructure failure, after which other streams may not have been attempted
   */
  default Map<StreamId, RuntimeException> deliver(SequencedMap<StreamId, List<Commit>> batch) {
    Map<StreamId, RuntimeException> failures = new LinkedHashMap<>();
    for (Map.Entry<StreamId, List<Commit>> delivered : batch.entrySet()) {
      try {
        deliver(delivered.getKey(), delivered.getValue());
      } catch (PoisonException e) {
        failures.put(delivered.getKey(), e);
      } catch (RuntimeException e) {
        failures.put(delivered.getKey(), e);
        break;
      }
    }
    return failures;
  }

  /**
   * Applies all commits of a stream up to its head.
   *
   * @throws PoisonException if a commit can't be applied; all commits before it have been
   */
  void catchUp(StreamId stream);

  /**
   * Corrects a cursor that is ahead of its stream, which happens if events are restored to an
   * earlier state: discards what is stored for the stream, and applies all its commits anew. Does
   * nothing if the cursor is not ahead; the default implementation never does anything.
   *
   * @return true if the cursor was ahead
   * @throws PoisonException if the stored effect can't be undone, or a commit can't be applied
   */
  default boolean rewind(StreamId stream) {
    return false;
  }

  /**
   * True if a subscriber that is throttled is parked in the streams that it could not apply, so
   * that it does not hold up the others. If all subscribers are throttled, none is parked.
   */
  default boolean isParkedWhenThrottled() {
    return false;
  }

  /** Records that the subscriber can't continue in a stream until it has caught up. */
  void park(ParkedPosition position, String reason, Instant at);
}
