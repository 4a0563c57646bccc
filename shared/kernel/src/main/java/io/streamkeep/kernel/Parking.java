package io.streamkeep.kernel;

/** Where a subscriber's stream is set aside, to be caught up from the event store later. */
@FunctionalInterface
public interface Parking {

  /**
   * Which subscriber can't go on in which stream, and at which commit.
   *
   * @param commit the first one that was not taken in
   * @param metadata that commit's
   */
  record Pointer(String subscriber, StreamId stream, long commit, Metadata metadata) {}

  void park(Pointer pointer);
}
