package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;

/** Stores the progress of the reconciler's scan. */
public interface ScanCheckpointStore {

  /**
   * A checkpoint that was read.
   *
   * @param writes the number of previous writes; 0 if it was not stored yet
   */
  record Checkpoint(ScanCycle cycle, long writes) {}

  /**
   * The newest checkpoint; if none is stored, the start of a first cycle.
   *
   * @throws UnreadableException if what is stored is not a checkpoint
   */
  Checkpoint find(Instant now);

  /**
   * Replaces a checkpoint; returns false, and changes nothing, if it was replaced since it was
   * read.
   */
  boolean put(Checkpoint before, ScanCycle next);
}
