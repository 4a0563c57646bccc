package io.streamkeep.kernel.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one scan through all commits.
 *
 * @param start no later than its first read
 * @param previous the start of the cycle before; null in the first, which compares everything
 * @param position the scan is done up to here; null at the beginning
 */
public record ScanCycle(Instant start, @Nullable Instant previous, @Nullable String position) {

  /** Younger commits may still be in delivery. */
  public static final Duration GRACE = Duration.ofMinutes(2);

  /** The longest time from a commit's timestamp to its visibility, clock skew included. */
  public static final Duration LATE = Duration.ofMinutes(10);

  public static ScanCycle first(Instant now) {
    return new ScanCycle(now, null, null);
  }

  /** The same cycle, done up to a position. */
  public ScanCycle at(String done) {
    return new ScanCycle(start, previous, done);
  }

  /** The cycle after this one, which starts now. */
  public ScanCycle next(Instant now) {
    return new ScanCycle(now, start, null);
  }

  /** True if a commit may still be in delivery. One far in the future has a wrong timestamp. */
  static boolean mayBeInDelivery(Instant time, Instant now) {
    return Duration.between(time, now).abs().compareTo(GRACE) < 0;
  }

  /** False if an earlier cycle has certainly compared a commit of that time. */
  boolean mustCompare(Instant time) {
    return previous == null || !time.isBefore(previous.minus(GRACE).minus(LATE));
  }
}
