package io.streamkeep.bench;

import java.util.List;
import java.util.stream.IntStream;

/** The median and the range of samples. */
record MedianRange(double median, double min, double max) {

  static MedianRange of(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    double lower = sorted.get((sorted.size() - 1) / 2);
    double upper = sorted.get(sorted.size() / 2);
    return new MedianRange((lower + upper) / 2, sorted.getFirst(), sorted.getLast());
  }

  /** The ratios of the samples in two lists, run by run. */
  static MedianRange ofRatios(List<Double> samples, List<Double> others) {
    return of(
        IntStream.range(0, samples.size())
            .mapToObj(run -> samples.get(run) / others.get(run))
            .toList());
  }

  /** The smallest sample that at least a {@code share} of all samples do not exceed. */
  static double percentile(List<Double> samples, double share) {
    List<Double> sorted = samples.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * samples.size()) - 1);
  }
}
