package io.streamkeep.bench;

import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;

import java.util.ArrayList;
import java.util.List;

/** How long each run took, and what all of them cost. */
final class Runs {

  private final CostMeter meter;
  private final List<Double> millis = new ArrayList<>();
  private Cost cost = Cost.NOTHING;

  Runs(CostMeter meter) {
    this.meter = meter;
  }

  /** What is done in a run. */
  interface Work<E extends Exception> {
    void run() throws E;
  }

  <E extends Exception> void time(Work<E> work) throws E {
    Cost before = meter.cost();
    long start = System.nanoTime();
    work.run();
    millis.add(millisSince(start));
    cost = cost.plus(meter.cost().minus(before));
  }

  static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  Cost cost() {
    return cost;
  }

  /** Of all runs together. */
  double seconds() {
    return millis.stream().mapToDouble(Double::doubleValue).sum() / 1000;
  }

  /** The time of each run by the other's in the same: 1 is as fast, more is faster. */
  Spread speed(Runs other) {
    List<Double> ratios = new ArrayList<>();
    for (int run = 0; run < millis.size(); run++) {
      ratios.add(other.millis.get(run) / millis.get(run));
    }
    return Spread.of(ratios);
  }
}
