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
 * @param marker the change marker at the start of the newest cycle that has begun, or null if none
 *     is known
 */
public record ScanCycle(
    Instant start,
    @Nullable Instant previous,
    @Nullable String position,
    @Nullable SeenMarker marker) {

  /**
   * A change marker.
   *
   * @param since when the first cycle began that found this value
   */
  public record SeenMarker(String value, Instant since) {}

  /** Younger commits may still be in delivery. */
  public static final Duration GRACE = Duration.ofMinutes(2);

  /** The longest time from a commit's timestamp to its visibility, clock skew included. */
  public static final Duration LATE = Duration.ofMinutes(10);

  /** The longest time from the start of one cycle to that of the next. */
  public static final Duration MAX_REST = Duration.ofDays(1);

  public static ScanCycle first(Instant now) {
    return new ScanCycle(now, null, null, null);
  }

  /** True if there is nothing to compare that the previous cycle has not compared. */
  boolean mayRest(String current, Instant now) {
    return previous != null
        && marker != null
        && marker.value().equals(current)
        && !previous.isBefore(marker.since().plus(GRACE).plus(LATE))
        && now.isBefore(previous.plus(MAX_REST));
  }

  /** The beginning of a cycle that was not begun yet. */
  ScanCycle begin(String current, Instant now) {
    boolean same = marker != null && marker.value().equals(current);
    return new ScanCycle(now, previous, null, same ? marker : new SeenMarker(current, now));
  }

  /** The same cycle, done up to a position. */
  public ScanCycle at(String done) {
    return new ScanCycle(start, previous, done, marker);
  }

  /** The cycle after this one, which starts now. */
  public ScanCycle next(Instant now) {
    return new ScanCycle(now, start, null, marker);
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
