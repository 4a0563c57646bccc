package io.streamkeep.kernel.lease;

import java.time.Instant;

/**
 * What happened to a lease. Stored format: see {@link LeaseEventCodec} before changing a record.
 */
public sealed interface LeaseEvent {

  /**
   * It was taken by a holder.
   *
   * @param holder as {@link LeaseCommand.Acquire} has it
   * @param until when it ends unless it is renewed, by that holder's clock
   */
  record Acquired(String holder, Instant until) implements LeaseEvent {}

  /**
   * Its holder keeps it for longer.
   *
   * @param until when it ends now, by the holder's clock
   */
  record Renewed(Instant until) implements LeaseEvent {}

  /** Its holder gave it back. */
  record Released() implements LeaseEvent {}
}
