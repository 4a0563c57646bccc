package io.streamkeep.domain.operations;

import io.streamkeep.domain.operations.Redrive.Selection;


/** What can be asked of a redrive. */
public sealed interface RedriveCommand {

  /** Begins it, for what is parked now. */
  record Request(Selection selection) implements RedriveCommand {}

  /** Changes nothing: what there is, is told. */
  record Look() implements RedriveCommand {}

  /**
   * Ends it.
   *
   * @param pointers how many were sent
   */
  record Complete(long pointers) implements RedriveCommand {}
}
