package io.streamkeep.bench;

import io.streamkeep.bench.Workload.Task;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.testkit.cost.CostMeter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The event store beside its floor. In each run all settings have their turn, and in each setting
 * all that are compared, each first in another run; all have the same clients, meters and delays.
 */
final class StoreBench {

  /** Commands of all lanes before any is timed, if all of each workload is done. */
  private static final int UNTIMED = 20_000;

  /** Of them, what a lane does before the next. */
  private static final int AT_ONCE = 500;

  private static final String FLOOR = "floor";
  private static final String RACE = "race";
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
    warmUp(all);
    for (int run = 0; run < runs; run++) {
      progress.accept("run " + (run + 1) + " of " + runs);
      for (Compared each : all) {
        List<Lane> lanes = lanes(each);
        Collections.rotate(lanes, run);
        for (Lane lane : lanes) {
          lane.run(tasks(each.setting(), lane.category, run));
        }
      }
    }
    return new StoreReport(runs, percent, all, ReadBack.of(tables.plain(), STORE, expected));
  }

  /** In streams of their own, until the code is compiled. */
  private void warmUp(List<Compared> all) throws InterruptedException {
    int done = 0;
    for (int round = 0; done < UNTIMED * percent / 100; round++) {
      for (Compared each : all) {
        for (Lane lane : lanes(each)) {
          List<Task> tasks = untimed(each.setting(), lane.category, round);
          lane.warmUp(tasks);
          done += tasks.size();
        }
      }
    }
  }

  private static List<Lane> lanes(Compared compared) {
    List<Lane> lanes = new ArrayList<>(List.of(compared.floor(), compared.store()));
    compared.race().ifPresent(lanes::add);
    return lanes;
  }

  private List<Task> tasks(Setting setting, String category, int run) {
    return expect(
        setting.workload().tasks(category, setting.toString(), run, runs, percent), category);
  }

  private List<Task> untimed(Setting setting, String category, int round) {
    String name = setting + " untimed " + round;
    List<Task> tasks = setting.workload().tasks(category, name, 0, runs, percent);
    return expect(tasks.subList(0, Math.min(AT_ONCE, tasks.size())), category);
  }

  private List<Task> expect(List<Task> tasks, String category) {
    if (category.equals(STORE)) {
      tasks.forEach(task -> expected.add(Commander.id(task.stream(), task.number())));
    }
    return tasks;
  }

  private Compared compared(Setting setting) {
    int writers = setting.workload().writers;
    return new Compared(
        setting,
        lane(FLOOR, setting, 1, Floor::new),
        writers == 1 ? Optional.empty() : Optional.of(lane(RACE, setting, writers, Floor::new)),
        lane(STORE, setting, writers, StoreBench::storeWriter));
  }

  private Lane lane(
      String category,
      Setting setting,
      int count,
      BiFunction<DynamoDbClient, Boolean, Writer> newWriter) {
    CostMeter meter = tables.meter();
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DynamoDbClient client = tables.measured(meter, setting.delayed());
      writers.add(newWriter.apply(client, setting.cold()));
    }
    return new Lane(category, writers, meter);
  }

  private static Writer storeWriter(DynamoDbClient client, boolean cold) {
    return new StoreWriter(new Commander(client, cold ? Commander.COLD : Commander.WARM));
  }
}
