package io.streamkeep.bench;

import io.streamkeep.bench.Arrivals.Part;
import io.streamkeep.testkit.cost.CostMeter;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** A workload's delivery beside its floor, with clients, meters and delays of the same kind. */
final class DeliveryCourse {

  private final DeliveryWorkload workload;
  private final boolean delayed;
  private final String category;
  private final Arrivals arrivals;
  private final DeliveryFloor floor;
  private final LocalFunction function;
  private final Runs ofFloor;
  private final Runs ofDelivery;
  private int applied;

  /**
   * Prepares.
   *
   * @param batch how many commits one has, or a few less
   */
  DeliveryCourse(Tables tables, DeliveryWorkload workload, boolean delayed, int batch) {
    this.workload = workload;
    this.delayed = delayed;
    String own = workload.name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.category = workload.category(delayed ? own + "-delayed" : own);
    this.arrivals = new Arrivals(tables.plain(), workload, category, batch);
    CostMeter floorMeter = tables.meter();
    this.floor = new DeliveryFloor(tables.measured(floorMeter, delayed), kept());
    this.ofFloor = new Runs(floorMeter);
    CostMeter meter = tables.meter();
    this.function =
        new LocalFunction(workload.subscribers(tables.measured(meter, delayed), category));
    this.ofDelivery = new Runs(meter);
  }

  String category() {
    return category;
  }

  List<Kept> kept() {
    return workload.kept(category);
  }

  /** A batch, without looking at the clock. */
  void warmUp() throws IOException {
    Part part = arrivals.next(1);
    untimed(part.untimed());
    untimed(part.timed());
  }

  private void untimed(List<Batch> batches) throws IOException {
    floor.put(floor.puts(batches));
    deliver(batches);
  }

  void run(int batches, boolean floorFirst) throws IOException {
    Part part = arrivals.next(batches);
    untimed(part.untimed());
    List<PutItemRequest> puts = floor.puts(part.timed());
    if (floorFirst) {
      ofFloor.time(() -> floor.put(puts));
    }
    ofDelivery.time(() -> deliver(part.timed()));
    if (!floorFirst) {
      ofFloor.time(() -> floor.put(puts));
    }
    applied += puts.size();
  }

  private void deliver(List<Batch> batches) throws IOException {
    for (Batch batch : batches) {
      function.invoke(batch);
    }
  }

  Applied figures() {
    return new Applied(
        workload, delayed, side(ofFloor), side(ofDelivery), ofDelivery.speed(ofFloor));
  }

  private Applied.Side side(Runs runs) {
    return new Applied.Side(new Average(applied, runs.cost()), applied / runs.seconds());
  }
}
