package io.streamkeep.kernel.command;

/** An event worth counting that occurs during the attempts of a command. */
public enum AttemptEvent {
  /** Another writer appended first; the command is retried. */
  CONFLICT,
  /** Another transaction was in progress on a stream; the command is retried. */
  TRANSACTION_CONFLICT,
  /** The store throttled the append; the command is retried. */
  THROTTLED,
  /** A snapshot was due but too large to be written; the stream continues without it. */
  SNAPSHOT_LEFT_OUT
}
