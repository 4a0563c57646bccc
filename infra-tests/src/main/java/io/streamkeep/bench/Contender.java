package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One side of a comparison: the time that each run takes, and the cost of all runs. */
final class Contender {

  private final Tables tables;
  private final boolean delayed;
  private final CostMeter meter;
  private final List<Double> millis = new ArrayList<>();
  private Cost cost = Cost.NOTHING;
  private int operations;

  Contender(Tables tables, boolean delayed) {
    this.tables = tables;
    this.delayed = delayed;
    this.meter = tables.meter();
  }

  /** The work of a run. */
  interface Work<E extends Exception> {
    void run() throws E;
  }

  /** A new client, whose requests are counted. */
  DynamoDbClient client() {
    return tables.measured(meter, delayed);
  }

  <E extends Exception> void run(int ofOperations, Work<E> work) throws E {
    Cost before = meter.cost();
    long start = System.nanoTime();
    work.run();
    millis.add(millisSince(start));
    cost = cost.plus(meter.cost().minus(before));
    operations += ofOperations;
  }

  static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  int operations() {
    return operations;
  }

  double perSecond() {
    return operations * 1000 / millis.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The baseline's time divided by this one's, run by run: less than 1 is slower. */
  MedianRange speed(Contender baseline) {
    return MedianRange.ofRatios(baseline.millis, millis);
  }

  /** The average cost of an operation. */
  JsonObjectBuilder json() {
    return Json.object()
        .add("requests", (double) cost.requests() / operations)
        .add("writeUnits", (double) cost.writeUnits() / operations)
        .add("readUnits", cost.readUnits() / operations)
        .add("bytesWritten", (double) cost.bytesWritten() / operations);
  }
}
