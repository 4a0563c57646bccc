package io.streamkeep.kernel.feed;

/** Keeps how far the consumers of the feed have come. */
public interface CheckpointStore {

  /** The last position that a consumer has done in a partition, 0 before the first. */
  long find(String consumer, int partition);

  /**
   * Moves it on, unless it is not where it was found: then somebody else did, and this does not.
   */
  void advance(String consumer, int partition, long from, long to);
}
