package io.streamkeep.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A workload that the baseline (bare requests) and the product (Streamkeep) execute in turn.
 *
 * @param <B> the baseline's tasks, each of one operation
 * @param <P> the product's tasks
 */
final class Comparison<B, P> {

  /** The number of the unmeasured run. */
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
   * @param settings identify the comparison in reports
   * @param tasks returns the tasks of a run
   * @param baselineTasks returns the same work for the baseline
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

  /** Measures all comparisons after a warm-up; each run executes them one after the other. */
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

  /** Both sides execute a run; they take turns going first. */
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
   * @param unit names the operations, such as {@code commits}
   * @param name names the product
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
