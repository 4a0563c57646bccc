package io.streamkeep.kernel.decider;

import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;

/** How one aggregate's events are written and read; the only place that knows their format. */
public interface EventCodec<E> {

  RecordedEvent encode(E event);

  /**
   * Reads a stored event of any type and version that was ever written.
   *
   * @throws UnreadableException if this code does not know it; it is never dropped
   */
  E decode(RecordedEvent event);
}
