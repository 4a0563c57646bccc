package io.streamkeep.kernel.decider;

import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;

/** Reads and writes the events of one aggregate; the only place that knows their format. */
public interface EventCodec<E> {

  RecordedEvent encode(E event);

  /**
   * Reads a stored event of any type and version that was ever written.
   *
   * @throws UnreadableException if the event is unknown; it is never dropped
   */
  E decode(RecordedEvent event);
}
