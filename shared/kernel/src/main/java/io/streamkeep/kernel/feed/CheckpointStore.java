package io.streamkeep.kernel.feed;

/** Stores the progress of the feed's consumers in one generation of the feed. */
public interface CheckpointStore {

  /** The last position that a consumer has finished in a partition, 0 before the first. */
  long find(String consumer, int partition);

  /** Moves a checkpoint forward; does nothing if it is no longer at {@code from}. */
  void advance(String consumer, int partition, long from, long to);
}
