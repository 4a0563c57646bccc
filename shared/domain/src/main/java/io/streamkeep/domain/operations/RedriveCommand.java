package io.streamkeep.domain.operations;

import io.streamkeep.domain.operations.Redrive.Selection;

/** The commands of a redrive. */
public sealed interface RedriveCommand {

  /** Starts it for what is parked now. */
  record Request(Selection selection) implements RedriveCommand {}

  /** Returns its current state; changes nothing. */
  record Inspect() implements RedriveCommand {}

  /**
   * Completes it.
   *
   * @param pointers the number of positions sent to redelivery
   */
  record Complete(long pointers) implements RedriveCommand {}
}
