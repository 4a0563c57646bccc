package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.time.Instant;

/**
 * Marks parked positions that a redrive sends, so that no other redrive sends them at the same
 * time. A mark ends with the next attempt, or expires, since the message may have been lost.
 */
@FunctionalInterface
public interface RedriveMarks {

  /** The age from which a mark no longer counts. */
  Duration EXPIRY = Duration.ofMinutes(15);

  /**
   * Marks a position before it is sent. Returns false, and changes nothing, if the subscriber is no
   * longer parked in the stream, or if another redrive's mark still counts. A redrive that is
   * repeated marks again what it marked before, since it may not have sent it.
   *
   * @param redrive identifies the redrive
   */
  boolean mark(String subscriber, StreamId stream, String redrive, Instant at);
}
