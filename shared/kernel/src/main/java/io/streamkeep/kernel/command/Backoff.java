package io.streamkeep.kernel.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Decides when a command that lost an attempt retries: after its first conflict immediately, then
 * after a random wait below a bound that doubles with each attempt (full jitter). The deadline ends
 * it, not a count.
 *
 * <p>Turns between writers would save requests only if the same writers met again and again. A
 * Lambda environment has one request at a time, and the next one may land anywhere.
 */
final class Backoff {

  private static final long FIRST_BOUND = 8_000_000; // ns, about two round trips
  private static final long LARGEST_BOUND = 250_000_000; // ns

  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Instant lastStart;
  private long bound = FIRST_BOUND;
  private boolean retried;

  /**
   * Starts with the first attempt of a command.
   *
   * @param lastStart the time after which no attempt may start
   */
  Backoff(InstantSource clock, Sleeper sleeper, Instant lastStart) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.lastStart = lastStart;
  }

  /** Whether it is too late to start an attempt. */
  boolean isOver() {
    return clock.instant().isAfter(lastStart);
  }

  /** Whether to retry without a wait: the winner's commit is known, and there may be no other. */
  boolean retriesImmediately(AttemptEvent loss) {
    boolean first = !retried;
    retried = true;
    return first && loss == AttemptEvent.CONFLICT;
  }

  /** Waits before the next attempt; returns false, without waiting, if no time is left for one. */
  boolean await() {
    Duration left = Duration.between(clock.instant(), lastStart);
    if (!left.isPositive()) {
      return false;
    }
    Duration wait = Duration.ofNanos((long) (sleeper.random() * bound));
    sleeper.sleep((wait.compareTo(left) < 0 ? wait : left).toNanos());
    bound = Math.min(2 * bound, LARGEST_BOUND);
    return true;
  }
}
