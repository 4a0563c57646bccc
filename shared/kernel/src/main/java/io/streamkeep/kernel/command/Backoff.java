package io.streamkeep.kernel.command;

import java.time.Duration;

/**
 * Waits between the attempts of one operation: a random time below a bound that doubles with each
 * wait (full jitter).
 *
 * <p>Turns between writers would save requests only if the same writers met again and again. A
 * Lambda environment has one request at a time, and the next one may land anywhere.
 */
public final class Backoff {

  private final Sleeper sleeper;
  private final Duration largestBound;
  private Duration bound;

  /**
   * Starts before the first attempt.
   *
   * @param firstBound the bound of the first wait
   * @param largestBound the bound that no wait exceeds
   */
  public Backoff(Sleeper sleeper, Duration firstBound, Duration largestBound) {
    this.sleeper = sleeper;
    this.bound = firstBound;
    this.largestBound = largestBound;
  }

  public void await() {
    await(largestBound);
  }

  /** Waits, but no longer than {@code atMost}. */
  void await(Duration atMost) {
    Duration wait = Duration.ofNanos((long) (sleeper.random() * bound.toNanos()));
    sleeper.sleep((wait.compareTo(atMost) < 0 ? wait : atMost).toNanos());
    Duration doubled = bound.multipliedBy(2);
    bound = doubled.compareTo(largestBound) < 0 ? doubled : largestBound;
  }
}
