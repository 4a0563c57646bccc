package io.streamkeep.kernel.subscription;

/** Sets a subscriber's stream aside, to be caught up from the event store later. */
@FunctionalInterface
public interface Parking {

  void park(ParkedPosition position);
}
