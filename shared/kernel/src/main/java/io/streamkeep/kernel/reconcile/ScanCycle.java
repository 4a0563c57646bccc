package io.streamkeep.kernel.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one passage through all commits has come.
 *
 * @param start not after its first look
 * @param previous the start of the cycle before; null in the first one, which compares everything
 * @param place what is up to there is done; null at the beginning
 */
public record ScanCycle(Instant start, @Nullable Instant previous, @Nullable String place) {

  /** What is younger may still be on its way. */
  public static final Duration GRACE = Duration.ofMinutes(2);

  /** How long after its time a commit can become visible at the most; clocks differ, too. */
  public static final Duration LATE = Duration.ofMinutes(10);

  public static ScanCycle first(Instant now) {
    return new ScanCycle(now, null, null);
  }

  ScanCycle at(String done) {
    return new ScanCycle(start, previous, done);
  }

  ScanCycle next(Instant now) {
    return new ScanCycle(now, start, null);
  }

  /** Whether a commit may be so by its time; one that is further ahead is of a wrong clock. */
  static boolean mayBeOnItsWay(Instant time, Instant now) {
    return Duration.between(time, now).abs().compareTo(GRACE) < 0;
  }

  /** Whether no earlier cycle is sure to have compared a commit of that time. */
  boolean isToCompare(Instant time) {
    return previous == null || !time.isBefore(previous.minus(GRACE).minus(LATE));
  }
}
