package io.streamkeep.bench;

import io.streamkeep.bench.Workload.Task;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.testkit.cost.CostMeter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The event store beside its floor. In each run all settings have their turn, and in each setting
 * both, each first in every other run; both have the same clients, meters and delays.
 */
final class StoreBench {

  private static final int UNTIMED = 500;

  private static final String FLOOR = "floor";
  private static final String STORE = "shelf";

  private final Tables tables;
  private final List<Workload> workloads;
  private final int runs;
  private final double percent;
  private final Set<CommandId> expected = new HashSet<>();

  /**
   * Prepares.
   *
   * @param percent of each workload
   */
  StoreBench(Tables tables, List<Workload> workloads, int runs, double percent) {
    this.tables = tables;
    this.workloads = List.copyOf(workloads);
    this.runs = runs;
    this.percent = percent;
  }

  StoreReport measure(Consumer<String> progress) throws InterruptedException {
    List<Compared> all = Setting.of(workloads).stream().map(this::compared).toList();
    for (Compared each : all) {
      each.floor().warmUp(untimed(each.setting(), FLOOR));
      each.store().warmUp(untimed(each.setting(), STORE));
    }
    for (int run = 0; run < runs; run++) {
      progress.accept("run " + (run + 1) + " of " + runs);
      for (Compared each : all) {
        if (run % 2 == 0) {
          each.floor().run(tasks(each.setting(), FLOOR, run));
          each.store().run(tasks(each.setting(), STORE, run));
        } else {
          each.store().run(tasks(each.setting(), STORE, run));
          each.floor().run(tasks(each.setting(), FLOOR, run));
        }
      }
    }
    return new StoreReport(runs, percent, all, ReadBack.of(tables.plain(), STORE, expected));
  }

  private List<Task> tasks(Setting setting, String category, int run) {
    return expect(
        setting.workload().tasks(category, setting.toString(), run, runs, percent), category);
  }

  /** Some in streams of their own, until the code is compiled. */
  private List<Task> untimed(Setting setting, String category) {
    List<Task> tasks = setting.workload().tasks(category, setting + " untimed", 0, runs, percent);
    return expect(tasks.subList(0, Math.min(UNTIMED, tasks.size())), category);
  }

  private List<Task> expect(List<Task> tasks, String category) {
    if (category.equals(STORE)) {
      tasks.forEach(task -> expected.add(Commander.id(task.stream(), task.number())));
    }
    return tasks;
  }

  private Compared compared(Setting setting) {
    CostMeter ofFloor = tables.meter();
    Writer floor = new Floor(tables.measured(ofFloor, setting.delayed()), setting.cold());
    CostMeter ofStore = tables.meter();
    List<Writer> store = new ArrayList<>();
    for (int i = 0; i < setting.workload().writers; i++) {
      long keeps = setting.cold() ? Commander.COLD : Commander.WARM;
      store.add(new StoreWriter(new Commander(tables.measured(ofStore, setting.delayed()), keeps)));
    }
    return new Compared(setting, new Lane(List.of(floor), ofFloor), new Lane(store, ofStore));
  }
}
