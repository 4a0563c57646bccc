package io.streamkeep.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What was measured of a variant.
 *
 * @param millis from the start of the process to its first answer, run by run
 * @param classes loaded until then
 */
record Measured(Variant variant, List<Double> millis, long classes, long jarBytes) {

  /** How many times as long as another, each run compared with the other's beside it. */
  Spread ratio(Measured other) {
    return Spread.of(
        IntStream.range(0, millis.size())
            .mapToObj(run -> millis.get(run) / other.millis.get(run))
            .toList());
  }
}
