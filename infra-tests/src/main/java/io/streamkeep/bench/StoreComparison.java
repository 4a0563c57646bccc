package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.bench.StoreWorkload.Task;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.store.CommandId;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A workload of commands in warm or cold environments; the baseline always has one writer. */
final class StoreComparison extends Comparison {

  static final String CATEGORY = "store";
  private static final String BASELINE = "baseline";

  /** The commands of a side before it is measured, so that the code is compiled. */
  private static final int WARM_UP = 700;

  private final StoreWorkload workload;
  private final boolean cold;
  private final int runs;
  private final double percent;
  private final List<ToIntFunction<Task>> baselineWriters;
  private final List<ToIntFunction<Task>> writers;
  private final List<Sample> baselineSamples = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Set<CommandId> sent = new HashSet<>();

  /**
   * A comparison before its first run.
   *
   * @param percent of the workload that all {@code runs} together carry out
   */
  StoreComparison(
      Tables tables,
      StoreWorkload workload,
      boolean cold,
      boolean delayed,
      int runs,
      double percent) {
    super(tables, delayed);
    this.workload = workload;
    this.cold = cold;
    this.runs = runs;
    this.percent = percent;
    this.baselineWriters = List.of(new BaselineWriter(baseline.client(), cold));
    this.writers = Stream.generate(this::writer).limit(workload.writers).toList();
  }

  /** A measured command. */
  private record Sample(double millis, int attempts) {}

  /** A writer that returns the number of attempts; it retries until the command succeeds. */
  private ToIntFunction<Task> writer() {
    CommandClient<List<String>, String, Long> client =
        new CommandClient<>(
            product.client(),
            cold ? CommandClient.COLD : CommandClient.WARM,
            BenchAggregate.module(CATEGORY, 0));
    return task -> {
      AtomicInteger attempts = new AtomicInteger(1);
      Outcome<Long> outcome;
      do {
        outcome =
            client.handle(
                task.stream(),
                task.id(),
                task.command(),
                incident -> attempts.addAndGet(incident == AttemptEvent.SNAPSHOT_LEFT_OUT ? 0 : 1));
      } while (outcome instanceof Outcome.RetriesExhausted);
      if (!(outcome instanceof Outcome.Completed)) {
        throw new IllegalStateException("Expected the command to be accepted: " + outcome);
      }
      return attempts.get();
    };
  }

  /** The commands that the store must have now. */
  Set<CommandId> sent() {
    return sent;
  }

  @Override
  String title() {
    return workload + (cold ? " cold" : " warm");
  }

  @Override
  JsonObjectBuilder settings() {
    return Json.object().add("workload", workload.name()).add("start", cold ? "cold" : "warm");
  }

  @Override
  JsonObjectBuilder figures(Contender contender) {
    List<Sample> all = contender == baseline ? baselineSamples : samples;
    List<Double> millis = all.stream().map(Sample::millis).toList();
    return contender
        .json()
        .add("p50Millis", MedianRange.percentile(millis, 0.5))
        .add("p99Millis", MedianRange.percentile(millis, 0.99))
        .add("maxAttempts", all.stream().mapToInt(Sample::attempts).max().orElse(0));
  }

  @Override
  void warmUp() throws InterruptedException {
    int most = (int) Math.ceil(WARM_UP * percent / 100);
    write(baselineWriters, tasks(BASELINE, " warm-up", 0).stream().limit(most).toList());
    write(writers, send(tasks(CATEGORY, " warm-up", 0).stream().limit(most).toList()));
  }

  @Override
  void run(int run) throws InterruptedException {
    List<Task> baselineTasks = tasks(BASELINE, "", run);
    List<Task> tasks = send(tasks(CATEGORY, "", run));
    inTurn(
        run,
        tasks.size(),
        () -> baselineSamples.addAll(write(baselineWriters, baselineTasks)),
        () -> samples.addAll(write(writers, tasks)));
  }

  private List<Task> tasks(String category, String suffix, int run) {
    return workload.tasks(category, title() + delayed + suffix, run, runs, percent);
  }

  private List<Task> send(List<Task> tasks) {
    tasks.forEach(task -> sent.add(task.id()));
    return tasks;
  }

  /** Has each writer carry out a share of the tasks, in a thread of its own. */
  private static List<Sample> write(List<ToIntFunction<Task>> writers, List<Task> tasks)
      throws InterruptedException {
    List<Callable<List<Sample>>> shares = new ArrayList<>();
    for (int i = 0; i < writers.size(); i++) {
      int first = i;
      shares.add(
          () ->
              IntStream.iterate(first, n -> n < tasks.size(), n -> n + writers.size())
                  .mapToObj(n -> write(writers.get(first), tasks.get(n)))
                  .toList());
    }
    List<Sample> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
      for (Future<List<Sample>> share : threads.invokeAll(shares)) {
        all.addAll(share.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return all;
  }

  private static Sample write(ToIntFunction<Task> writer, Task task) {
    long start = System.nanoTime();
    int attempts = writer.applyAsInt(task);
    return new Sample(Contender.millisSince(start), attempts);
  }
}
