package io.streamkeep.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is not as it must be; equal to another of the same figures. */
final class Findings {

  private static final int MOST_TOLD = 20;

  private long commits;
  private long lost;
  private long doubled;
  private long wrong;
  private final List<String> told = new ArrayList<>();

  void commits(long number) {
    commits = number;
  }

  /** Something is to be there a number of times. */
  void times(String what, long expected, long found) {
    if (expected != found) {
      lost += Math.max(0, expected - found);
      doubled += Math.max(0, found - expected);
      tell("%s: %d times, not %d".formatted(what, found, expected));
    }
  }

  /** Something is to be what the events come to. */
  void equal(String what, boolean right) {
    if (!right) {
      wrong++;
      tell(what + " is not what the events come to");
    }
  }

  private void tell(String what) {
    if (told.size() < MOST_TOLD) {
      told.add(what);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Findings that
        && lost == that.lost
        && doubled == that.doubled
        && wrong == that.wrong;
  }

  @Override
  public int hashCode() {
    return Objects.hash(lost, doubled, wrong);
  }

  boolean nothing() {
    return lost == 0 && doubled == 0 && wrong == 0;
  }

  long commits() {
    return commits;
  }

  long lost() {
    return lost;
  }

  long doubled() {
    return doubled;
  }

  /** Rows and orders of commits that differ from the fold. */
  long wrong() {
    return wrong;
  }

  /** The first ones, as text. */
  List<String> told() {
    return List.copyOf(told);
  }
}
