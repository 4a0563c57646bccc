package io.streamkeep.bench;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * How long it took from the answer to a command, which is after the append, until the view showed
 * it.
 *
 * @param when what else there was to do
 * @param p50 in milliseconds, like the others
 */
record Lag(String when, int orders, double p50, double p99, double max) {

  static Lag of(String when, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    return new Lag(
        when,
        sorted.size(),
        Percentile.of(sorted, 0.5),
        Percentile.of(sorted, 0.99),
        sorted.getLast());
  }

  JsonObjectBuilder json() {
    return Json.createObjectBuilder()
        .add("when", when)
        .add("orders", orders)
        .add("p50Millis", p50)
        .add("p99Millis", p99)
        .add("maxMillis", max);
  }
}
