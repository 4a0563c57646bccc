package io.streamkeep.localcloud.faults;

import java.time.Duration;

/**
 * Thrown by a fault at a call: the environment that calls hangs there, and whatever its invocation
 * still does has neither an effect nor an answer, until it is ended as by its time-out.
 */
public final class HungCallerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration after;

  HungCallerException(Duration after) {
    super("timed out in mid-call");
    this.after = after;
  }

  /** When it is ended; zero for when its time-out is over. */
  public Duration after() {
    return after;
  }
}
