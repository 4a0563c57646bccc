package io.streamkeep.kernel.lease;

import java.time.Instant;

/** The events of a lease. Stored format: see {@link LeaseEventCodec} before changing a record. */
public sealed interface LeaseEvent {

  /**
   * A holder acquired it.
   *
   * @param holder see {@link LeaseCommand.Acquire}
   * @param until when it expires unless it is renewed, by the holder's clock
   */
  record Acquired(String holder, Instant until) implements LeaseEvent {}

  /**
   * Its holder extended it.
   *
   * @param until when it now expires, by the holder's clock
   */
  record Renewed(Instant until) implements LeaseEvent {}

  /** Its holder released it. */
  record Released() implements LeaseEvent {}
}
