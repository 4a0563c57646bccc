package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.store.Commit;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The delivery of a workload's commits, in batches of equal size. */
final class DeliveryComparison extends Comparison {

  private final DeliveryWorkload workload;
  private final int batches;
  private final CommitFeeder feeder;
  private final BaselineViewWriter baselineWriter;
  private final Consumer<List<Commit>> delivery;

  /**
   * A comparison before its first run.
   *
   * @param batches of a run
   * @param batch the number of commits of a batch
   */
  DeliveryComparison(
      Tables tables, DeliveryWorkload workload, boolean delayed, int batches, int batch) {
    super(tables, delayed);
    this.workload = workload;
    this.batches = batches;
    this.feeder = new CommitFeeder(tables.plain(), workload, batch);
    this.baselineWriter = new BaselineViewWriter(baseline.client(), workload.expected());
    this.delivery = workload.delivery(product.client());
  }

  DeliveryWorkload workload() {
    return workload;
  }

  @Override
  String title() {
    return workload.code();
  }

  @Override
  JsonObjectBuilder settings() {
    return Json.object()
        .add("workload", workload.code())
        .add("subscribers", workload.expected().size());
  }

  @Override
  JsonObjectBuilder figures(Contender contender) {
    return contender.json().add("appliedPerSecond", contender.perSecond());
  }

  @Override
  void warmUp() {
    List<List<Commit>> unmeasured = feeder.warmUp();
    baselineWriter.put(baselineWriter.puts(unmeasured));
    unmeasured.forEach(delivery);
  }

  @Override
  void run(int run) {
    List<List<Commit>> measured = feeder.next(batches);
    List<PutItemRequest> puts = baselineWriter.puts(measured);
    inTurn(run, puts.size(), () -> baselineWriter.put(puts), () -> measured.forEach(delivery));
  }
}
