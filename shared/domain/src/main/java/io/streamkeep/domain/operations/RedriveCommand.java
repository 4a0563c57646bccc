package io.streamkeep.domain.operations;

import io.streamkeep.domain.operations.Redrive.Selection;

/** What can be asked of a redrive. */
public sealed interface RedriveCommand {

  record Request(Selection selection) implements RedriveCommand {}

  /** Changes nothing: what there is, is told. */
  record Look() implements RedriveCommand {}

  record Complete(long pointers) implements RedriveCommand {}
}
