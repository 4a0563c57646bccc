package io.streamkeep.kernel.lease;

import java.time.Instant;

/** What happened to a lease. Stored format: see {@link LeaseFormat} before changing a record. */
public sealed interface LeaseEvent {

  record Acquired(String holder, Instant until) implements LeaseEvent {}

  record Renewed(Instant until) implements LeaseEvent {}

  record Released() implements LeaseEvent {}
}
