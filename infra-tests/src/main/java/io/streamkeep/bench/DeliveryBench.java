package io.streamkeep.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Delivery beside its floor, in this process. In each run all workloads have their turn, with delay
 * and without, and in each both, each first in every other run. Then what is waiting, ten times as
 * much each time.
 */
final class DeliveryBench {

  private final Tables tables;
  private final int runs;
  private final int commits;
  private final Consumer<String> progress;

  /**
   * Prepares.
   *
   * @param commits of each workload, in all runs
   */
  DeliveryBench(Tables tables, int runs, int commits, Consumer<String> progress) {
    this.tables = tables;
    this.runs = runs;
    this.commits = commits;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param kept what must be there now, by the category of the streams
   */
  record Result(List<Applied> applied, List<Backlog> backlogs, Map<String, List<Kept>> kept) {}

  Result measure() throws IOException {
    int each = Math.max(1, commits / runs);
    int batch = Math.min(Arrivals.BATCH, each);
    List<DeliveryCourse> courses =
        Stream.of(true, false)
            .flatMap(
                delayed ->
                    Arrays.stream(DeliveryWorkload.values())
                        .map(workload -> new DeliveryCourse(tables, workload, delayed, batch)))
            .toList();
    for (DeliveryCourse course : courses) {
      course.warmUp();
    }
    for (int run = 0; run < runs; run++) {
      progress.accept("run " + (run + 1) + " of " + runs);
      for (DeliveryCourse course : courses) {
        course.run(each / batch, run % 2 == 0);
      }
    }
    List<Backlog> backlogs = backlogs();
    Map<String, List<Kept>> kept = new HashMap<>(Map.of(Backlog.CATEGORY, Backlog.kept()));
    courses.forEach(course -> kept.put(course.category(), course.kept()));
    return new Result(courses.stream().map(DeliveryCourse::figures).toList(), backlogs, kept);
  }

  private List<Backlog> backlogs() throws IOException {
    List<Backlog> backlogs = new ArrayList<>();
    for (int waiting : List.of(Math.max(1, commits / 10), commits, commits * 10)) {
      progress.accept("backlog of " + waiting);
      backlogs.add(Backlog.measure(tables, waiting));
    }
    return backlogs;
  }
}
