package io.streamkeep.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A workload that bare requests, the baseline, and Streamkeep, the product, carry out in turn.
 *
 * @param <B> the baseline's tasks, each of one operation
 * @param <P> the product's tasks
 */
final class Comparison<B, P> {

  /** The run whose tasks are not measured. */
  static final int WARM_UP = -1;

  private final Map<String, Object> settings;
  private final IntFunction<List<P>> tasks;
  private final Function<List<P>, List<B>> baselineTasks;
  final Contender<B> baseline;
  final Contender<P> product;
  private int operations;

  /**
   * A comparison before its first run.
   *
   * @param settings identify it in reports
   * @param tasks of a run
   * @param baselineTasks the same work for the baseline
   */
  Comparison(
      Map<String, Object> settings,
      IntFunction<List<P>> tasks,
      Function<List<P>, List<B>> baselineTasks,
      Contender<B> baseline,
      Contender<P> product) {
    this.settings = settings;
    this.tasks = tasks;
    this.baselineTasks = baselineTasks;
    this.baseline = baseline;
    this.product = product;
  }

  /** Measures all comparisons, one after the other in each run, after a warm-up. */
  static void measure(List<? extends Comparison<?, ?>> all, int runs, Consumer<String> progress)
      throws IOException, InterruptedException {
    for (Comparison<?, ?> each : all) {
      each.run(WARM_UP);
      each.reset();
    }
    for (int run = 0; run < runs; run++) {
      progress.accept("run %d of %d".formatted(run + 1, runs));
      for (Comparison<?, ?> each : all) {
        each.run(run);
      }
    }
  }

  /** Both sides carry out a run; they take turns in going first. */
  private void run(int run) throws IOException, InterruptedException {
    List<P> productTasks = tasks.apply(run);
    List<B> bareTasks = baselineTasks.apply(productTasks);
    if (run % 2 == 0) {
      baseline.run(bareTasks);
      product.run(productTasks);
    } else {
      product.run(productTasks);
      baseline.run(bareTasks);
    }
    operations += bareTasks.size();
  }

  private void reset() {
    baseline.reset();
    product.reset();
    operations = 0;
  }

  int operations() {
    return operations;
  }

  /**
   * The result as a JSON object.
   *
   * @param unit the name of its operations, done
   * @param name of the product in it
   */
  Map<String, Object> result(String unit, String name) {
    Map<String, Object> result = new LinkedHashMap<>(settings);
    result.put(unit, operations);
    result.put("ratio", product.speed(baseline));
    result.put("baseline", figures(baseline, unit));
    result.put(name, figures(product, unit));
    return result;
  }

  private Map<String, Object> figures(Contender<?> side, String unit) {
    Map<String, Object> figures = side.figures(operations);
    figures.put(unit + "PerSecond", side.perSecond(operations));
    return figures;
  }
}
