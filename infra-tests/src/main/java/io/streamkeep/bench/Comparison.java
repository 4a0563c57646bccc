package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.bench.Contender.Work;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A workload that bare requests, the baseline, and Streamkeep carry out in turn. */
abstract class Comparison {

  final boolean delayed;
  final Contender baseline;
  final Contender product;

  /**
   * A comparison before its first run.
   *
   * @param delayed whether each request takes longer, as over a network
   */
  Comparison(Tables tables, boolean delayed) {
    this.delayed = delayed;
    this.baseline = new Contender(tables, delayed);
    this.product = new Contender(tables, delayed);
  }

  /** The workload's name and settings, except for the delay. */
  abstract String title();

  /** The same as JSON. */
  abstract JsonObjectBuilder settings();

  abstract JsonObjectBuilder figures(Contender contender);

  /** Carries out some of the workload without measuring it. */
  abstract void warmUp() throws IOException, InterruptedException;

  abstract void run(int run) throws IOException, InterruptedException;

  /** Measures a run of both sides; they take turns in going first. */
  final <E extends Exception> void inTurn(
      int run, int operations, Work<E> baselineWork, Work<E> productWork) throws E {
    if (run % 2 == 0) {
      baseline.run(operations, baselineWork);
    }
    product.run(operations, productWork);
    if (run % 2 == 1) {
      baseline.run(operations, baselineWork);
    }
  }

  /** Measures all comparisons, one after the other in each run. */
  static void measure(List<? extends Comparison> all, int runs, Consumer<String> progress)
      throws IOException, InterruptedException {
    for (Comparison each : all) {
      each.warmUp();
    }
    for (int run = 0; run < runs; run++) {
      progress.accept("run %d of %d".formatted(run + 1, runs));
      for (Comparison each : all) {
        each.run(run);
      }
    }
  }

  /**
   * The results as JSON.
   *
   * @param operations the name of their number
   * @param name of the side that is not the baseline
   */
  static JsonArrayBuilder json(List<? extends Comparison> all, String operations, String name) {
    JsonArrayBuilder array = Json.array();
    for (Comparison each : all) {
      array.add(
          each.settings()
              .add("addedMillis", each.delayed ? Tables.DELAY.toMillis() : 0)
              .add(operations, each.product.operations())
              .add("ratio", each.product.speed(each.baseline).json())
              .add("baseline", each.figures(each.baseline))
              .add(name, each.figures(each.product)));
    }
    return array;
  }

  /** The results as rows of a table that has the columns of {@link #table}. */
  static List<JsonObject> rows(List<? extends Comparison> all, String name) {
    List<JsonObject> rows = new ArrayList<>();
    for (Comparison each : all) {
      String delay = each.delayed ? " +%d ms".formatted(Tables.DELAY.toMillis()) : "";
      rows.add(each.row(each.baseline, "baseline").add("title", each.title() + delay).build());
      rows.add(
          each.row(each.product, name)
              .add("ratio", each.product.speed(each.baseline).json())
              .build());
    }
    return rows;
  }

  private JsonObjectBuilder row(Contender contender, String name) {
    return figures(contender).add("side", name).add("count", contender.operations());
  }

  static JsonTable table(String operations) {
    return new JsonTable()
        .label("title")
        .label("side")
        .column(operations, "/count", "%.0f")
        .column("requests", "/requests", "%.2f")
        .column("WCU", "/writeUnits", "%.2f")
        .column("RCU", "/readUnits", "%.2f")
        .column("bytes", "/bytesWritten", "%.0f");
  }
}
