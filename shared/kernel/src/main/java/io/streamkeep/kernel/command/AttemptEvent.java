package io.streamkeep.kernel.command;

/** What may happen on the way to a command's outcome, and is worth counting. */
public enum AttemptEvent {
  /** Somebody else appended first; it is tried again. */
  CONFLICT,
  /** Another transaction was at work on a stream; it is tried again. */
  TRANSACTION_CONFLICT,
  /** The store asked to be called less often; it is tried again. */
  THROTTLED,
  /** A snapshot was due but too large; the stream goes on without. */
  SNAPSHOT_LEFT_OUT
}
