package io.streamkeep.aws.lambda;

import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.reconcile.MissedDelivery;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.Parking;
import java.util.List;

/**
 * Catches up subscribers that missed a delivery, and logs it. Poison is parked; an infrastructure
 * failure is handed to redelivery, so that one stream does not stop the others.
 */
public final class MissedDeliveryRepair {

  private final LoggingDispatcher dispatcher;
  private final Parking redelivery;

  public MissedDeliveryRepair(LoggingDispatcher dispatcher, Parking redelivery) {
    this.dispatcher = dispatcher;
    this.redelivery = redelivery;
  }

  /**
   * Repairs one stream.
   *
   * @param slice the line of the slice that found it; the repair gets its own
   */
  public void repair(MissedDelivery missed, LogLine slice) {
    LogLine line =
        slice.another(LogEvent.REPAIRED).stream(missed.stream())
            .number("commit", missed.commit())
            .count(Metric.REPAIRED, missed.positions().size());
    boolean done =
        dispatcher
            .deliver(List.of(new DeliveredCommit(missed.stream(), missed.commit(), null)), line)
            .isEmpty();
    if (!done) {
      redelivery.parkAll(missed.positions());
    }
    line.name("outcome", done ? "done" : "handed-to-redelivery").write();
  }
}
