package io.streamkeep.bench;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Samples in three numbers. */
record Spread(double median, double min, double max) {

  static Spread of(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  JsonObjectBuilder json() {
    return Json.createObjectBuilder()
        .add("median", round(median))
        .add("min", round(min))
        .add("max", round(max));
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
