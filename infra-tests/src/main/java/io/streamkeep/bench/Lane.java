package io.streamkeep.bench;

import io.streamkeep.bench.Workload.Task;
import io.streamkeep.bench.Writer.Effort;
import io.streamkeep.testkit.cost.CostMeter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One of those that are compared, and what was measured of it. */
final class Lane {

  /** Of the streams that it writes to. */
  final String category;

  private final List<Writer> writers;
  private final Runs runs;
  private final List<Sample> samples = new ArrayList<>();

  Lane(String category, List<Writer> writers, CostMeter meter) {
    this.category = category;
    this.writers = List.copyOf(writers);
    this.runs = new Runs(meter);
  }

  /** A command. */
  private record Sample(double millis, Effort effort) {}

  /** Does it all, without looking at the clock. */
  void warmUp(List<Task> tasks) throws InterruptedException {
    write(tasks);
  }

  void run(List<Task> tasks) throws InterruptedException {
    runs.time(() -> samples.addAll(write(tasks)));
  }

  private List<Sample> write(List<Task> tasks) throws InterruptedException {
    if (writers.size() == 1) {
      return write(writers.getFirst(), tasks);
    }
    List<Callable<List<Sample>>> parts = new ArrayList<>();
    for (int i = 0; i < writers.size(); i++) {
      Writer writer = writers.get(i);
      List<Task> part = new ArrayList<>();
      for (int task = i; task < tasks.size(); task += writers.size()) {
        part.add(tasks.get(task));
      }
      parts.add(() -> write(writer, part));
    }
    List<Sample> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
      for (Future<List<Sample>> part : threads.invokeAll(parts)) {
        all.addAll(part.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return all;
  }

  private static List<Sample> write(Writer writer, List<Task> tasks) {
    List<Sample> samples = new ArrayList<>();
    for (Task task : tasks) {
      long start = System.nanoTime();
      Effort effort = writer.write(task.stream(), task.number(), task.move());
      samples.add(new Sample(Runs.millisSince(start), effort));
    }
    return samples;
  }

  /** The time of each run by the other's in the same: 1 is as fast, more is faster. */
  Spread speed(Lane other) {
    return runs.speed(other.runs);
  }

  LaneFigures figures() {
    List<Double> millis = samples.stream().map(Sample::millis).sorted().toList();
    return new LaneFigures(
        new Average(samples.size(), runs.cost()),
        Percentile.of(millis, 0.5),
        Percentile.of(millis, 0.99),
        samples.stream().mapToInt(sample -> sample.effort().tries()).max().orElse(0),
        samples.stream().mapToInt(sample -> sample.effort().givenUp()).sum());
  }
}
