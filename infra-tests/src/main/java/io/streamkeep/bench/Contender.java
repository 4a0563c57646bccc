package io.streamkeep.bench;

import io.streamkeep.importer.BoundedExecutor;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One side of a comparison: its workers, the time of each run, and the total cost. */
final class Contender<T> {

  private final CostMeter meter;
  private final List<ToIntFunction<T>> workers;
  private final List<Double> runMillis = new ArrayList<>();
  private final List<Task> done = Collections.synchronizedList(new ArrayList<>());
  private Cost cost = Cost.NOTHING;

  /**
   * A side before its first run.
   *
   * @param delayed true to delay each request, as a network would
   * @param worker executes tasks with its own client, and returns the number of attempts
   */
  Contender(
      Tables tables,
      boolean delayed,
      int workers,
      Function<DynamoDbClient, ToIntFunction<T>> worker) {
    this.meter = tables.meter();
    this.workers =
        Stream.generate(() -> worker.apply(tables.measured(meter, delayed)))
            .limit(workers)
            .toList();
  }

  private record Task(double millis, int attempts) {}

  /** Divides the tasks among the workers, each in its own thread. */
  void run(List<T> tasks) throws IOException, InterruptedException {
    Cost before = meter.cost();
    long runStart = System.nanoTime();
    new BoundedExecutor(workers.size())
        .forEach(
            IntStream.range(0, workers.size()).boxed().toList(),
            first -> {
              for (int i = first; i < tasks.size(); i += workers.size()) {
                long start = System.nanoTime();
                int attempts = workers.get(first).applyAsInt(tasks.get(i));
                done.add(new Task(millisSince(start), attempts));
              }
            });
    runMillis.add(millisSince(runStart));
    cost = cost.plus(meter.cost().minus(before));
  }

  /** Discards all runs so far. */
  void reset() {
    runMillis.clear();
    done.clear();
    cost = Cost.NOTHING;
  }

  static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /** The baseline's time divided by this one's, run by run: less than 1 is slower. */
  MedianRange speed(Contender<?> baseline) {
    return MedianRange.ofRatios(baseline.runMillis, runMillis);
  }

  double perSecond(int operations) {
    return operations * 1000 / runMillis.stream().mapToDouble(Double::doubleValue).sum();
  }

  Cost cost() {
    return cost;
  }

  /** The cost per operation and the times per task; a task has one or more operations. */
  Map<String, Object> figures(int operations) {
    List<Double> millis = done.stream().map(Task::millis).toList();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("requests", (double) cost.requests() / operations);
    figures.put("writeUnits", (double) cost.writeUnits() / operations);
    figures.put("readUnits", cost.readUnits() / operations);
    figures.put("bytesWritten", (double) cost.bytesWritten() / operations);
    figures.put("p50Millis", MedianRange.percentile(millis, 0.5));
    figures.put("p99Millis", MedianRange.percentile(millis, 0.99));
    figures.put("maxAttempts", done.stream().mapToInt(Task::attempts).max().orElseThrow());
    return figures;
  }
}
