package io.streamkeep.aws.lambda;

import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.reconcile.MissedDelivery;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import java.util.List;
import java.util.Optional;

/**
 * Catches up subscribers that missed a delivery, and logs it. Poison is parked; an infrastructure
 * failure is left to redelivery, so that one stream does not stop the others.
 */
public final class MissedDeliveryRepair {

  private final LoggingDispatcher dispatcher;

  public MissedDeliveryRepair(LoggingDispatcher dispatcher) {
    this.dispatcher = dispatcher;
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
    Optional<BatchFailure> failure =
        dispatcher.deliver(
            List.of(new DeliveredCommit(missed.stream(), missed.commit(), null)), line);
    failure.ifPresent(found -> dispatcher.leaveToRedelivery(missed.positions(), found));
    line.name("outcome", failure.isEmpty() ? "done" : "handed-to-redelivery").write();
  }
}
