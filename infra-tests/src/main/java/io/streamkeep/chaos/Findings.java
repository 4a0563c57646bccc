package io.streamkeep.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Differences between the state as it is and as it must be. */
final class Findings {

  private static final int MAX_DESCRIBED = 20;

  /** The numbers of missing, surplus and different things. */
  record Counts(long lost, long duplicated, long wrong) {}

  private final long commits;
  private Counts counts = new Counts(0, 0, 0);
  private final List<String> descriptions = new ArrayList<>();

  Findings(long commits) {
    this.commits = commits;
  }

  /** The number of commits in the event table. */
  long commits() {
    return commits;
  }

  /** Compares how often something is there. */
  void compareCount(String subject, long expected, long actual) {
    if (expected != actual) {
      count(Math.max(0, expected - actual), Math.max(0, actual - expected), 0);
      describe("%s: %d times, not %d".formatted(subject, actual, expected));
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
      count(0, 0, 1);
      describe(subject + " is not what the events result in");
    }
  }

  private void count(long lost, long duplicated, long wrong) {
    counts = new Counts(counts.lost + lost, counts.duplicated + duplicated, counts.wrong + wrong);
  }

  private void describe(String finding) {
    if (descriptions.size() < MAX_DESCRIBED) {
      descriptions.add(finding);
    }
  }

  boolean isEmpty() {
    return counts.equals(new Counts(0, 0, 0));
  }

  Counts counts() {
    return counts;
  }

  /** The first findings. */
  List<String> descriptions() {
    return List.copyOf(descriptions);
  }
}
