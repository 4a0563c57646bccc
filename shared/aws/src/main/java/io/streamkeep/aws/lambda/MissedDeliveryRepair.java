package io.streamkeep.aws.lambda;

import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.reconcile.MissedDelivery;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.Parking;
import java.util.List;

/**
 * Delivers to those who missed something, and tells the log: whom a commit is poison to is parked.
 * What the infrastructure hinders is sent to redelivery, so that one stream does not stop others.
 */
public final class MissedDeliveryRepair {

  private final LoggingDispatcher delivery;
  private final Parking redelivery;

  public MissedDeliveryRepair(LoggingDispatcher delivery, Parking redelivery) {
    this.delivery = delivery;
    this.redelivery = redelivery;
  }

  /**
   * Repairs one stream.
   *
   * @param slice the line of what it was found by; each repair has its own
   */
  public void repair(MissedDelivery missed, LogLine slice) {
    LogLine line =
        slice.another(LogEvent.REPAIRED).stream(missed.stream())
            .number("commit", missed.commit())
            .count(Metric.REPAIRED, missed.pointers().size());
    boolean done =
        delivery
            .deliver(List.of(new DeliveredCommit(missed.stream(), missed.commit(), null)), line)
            .isEmpty();
    if (!done) {
      missed.pointers().forEach(redelivery::park);
    }
    line.name("outcome", done ? "done" : "sent-on").write();
  }
}
