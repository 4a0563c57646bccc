package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * When one fault happens: a random of its own for each place, so that what is decided there does
 * not depend on what happens elsewhere meanwhile.
 */
final class Dice {
  private final Fault fault;
  private final long seed;
  private final Map<String, Place> places = new HashMap<>();
  private long hits;

  Dice(Fault fault, long seed) {
    this.fault = fault;
    this.seed = seed;
  }

  private static final class Place {
    private final SplittableRandom random;
    private long asked;

    Place(long seed) {
      random = new SplittableRandom(seed);
    }
  }

  Fault fault() {
    return fault;
  }

  /**
   * Whether it happens now.
   *
   * @param names all that a target may name
   * @param elapsed since the schedule was made
   */
  synchronized boolean hits(String place, Set<String> names, Duration elapsed) {
    if (!names.containsAll(fault.targets())
        || hits >= fault.max()
        || elapsed.compareTo(fault.from()) < 0
        || elapsed.compareTo(fault.to()) >= 0) {
      return false;
    }
    Place at = place(place);
    at.asked++;
    boolean hit =
        fault.every() > 0 ? at.asked % fault.every() == 0 : at.random.nextDouble() < fault.chance();
    if (hit) {
      hits++;
    }
    return hit;
  }

  synchronized long hits() {
    return hits;
  }

  /** From 0 to bound - 1. */
  synchronized int roll(String place, int bound) {
    return place(place).random.nextInt(bound);
  }

  private Place place(String name) {
    return places.computeIfAbsent(name, n -> new Place(seed + 0x9E3779B97F4A7C15L * n.hashCode()));
  }
}
