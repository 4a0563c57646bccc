package io.streamkeep.kernel.subscription;

import java.util.List;

/** Sets a subscriber's stream aside, to be caught up from the event store later. */
@FunctionalInterface
public interface Parking {

  void park(ParkedPosition position);

  /** Parks at several positions; if it throws, some of them may be parked. */
  default void parkAll(List<ParkedPosition> positions) {
    positions.forEach(this::park);
  }
}
