package io.streamkeep.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Differences between the actual and the expected state. */
final class Findings {

  private static final int MAX_DESCRIBED = 20;

  /** The numbers of missing, surplus and different items. */
  record Counts(long lost, long duplicated, long wrong) {}

  private final long commits;
  private final List<String> descriptions = new ArrayList<>();
  private long lost;
  private long duplicated;
  private long wrong;

  Findings(long commits) {
    this.commits = commits;
  }

  /** The number of commits in the event table. */
  long commits() {
    return commits;
  }

  /** Compares the number of occurrences of the subject. */
  void compareCount(String subject, long expected, long actual) {
    if (expected != actual) {
      lost += Math.max(0, expected - actual);
      duplicated += Math.max(0, actual - expected);
      descriptions.add("%s: %d times, not %d".formatted(subject, actual, expected));
    }
  }

  /** Compares values by key. */
  void compareValues(Map<String, ?> expected, Map<String, ?> actual) {
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    keys.forEach(key -> require(Objects.equals(expected.get(key), actual.get(key)), key));
  }

  void require(boolean right, String subject) {
    if (!right) {
      wrong++;
      descriptions.add(subject + " is not what the events result in");
    }
  }

  boolean isEmpty() {
    return descriptions.isEmpty();
  }

  Counts counts() {
    return new Counts(lost, duplicated, wrong);
  }

  /** Descriptions of the first differences. */
  List<String> descriptions() {
    return descriptions.stream().limit(MAX_DESCRIBED).toList();
  }
}
