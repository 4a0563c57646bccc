package io.streamkeep.bench;

import io.streamkeep.bench.Arrivals.Part;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast what is waiting is taken in by one subscriber.
 *
 * @param commits how many were waiting before the first was delivered
 * @param perSecond applied, over all of them
 * @param batches the same of each batch
 */
record Backlog(int commits, double perSecond, Spread batches) {

  static final String CATEGORY = "backlog";
  private static final DeliveryWorkload WORKLOAD = DeliveryWorkload.GOING_ON;

  static List<Kept> kept() {
    return WORKLOAD.kept(CATEGORY);
  }

  /** Lets so many wait, then delivers them. */
  static Backlog measure(Tables tables, int commits) throws IOException {
    int batch = Math.min(Arrivals.BATCH, commits);
    Part part = new Arrivals(tables.plain(), WORKLOAD, CATEGORY, batch).next(commits / batch);
    LocalFunction function = new LocalFunction(WORKLOAD.subscribers(tables.client(), CATEGORY));
    for (Batch each : part.untimed()) {
      function.invoke(each);
    }
    List<Double> rates = new ArrayList<>();
    long start = System.nanoTime();
    for (Batch each : part.timed()) {
      long begun = System.nanoTime();
      function.invoke(each);
      rates.add(each.commits().size() * 1000 / Runs.millisSince(begun));
    }
    int applied = part.timed().stream().mapToInt(each -> each.commits().size()).sum();
    return new Backlog(applied, applied * 1000 / Runs.millisSince(start), Spread.of(rates));
  }

  JsonObjectBuilder json() {
    return Json.createObjectBuilder()
        .add("commits", commits)
        .add("appliedPerSecond", perSecond)
        .add("batches", batches.json());
  }
}
