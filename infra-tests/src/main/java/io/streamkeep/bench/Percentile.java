package io.streamkeep.bench;

import java.util.List;

/** By the nearest rank: the smallest sample that so large a part of all is not above. */
final class Percentile {

  private Percentile() {}

  static double of(List<Double> sorted, double part) {
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }
}
