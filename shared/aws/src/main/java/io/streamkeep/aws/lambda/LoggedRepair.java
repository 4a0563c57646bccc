package io.streamkeep.aws.lambda;

import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.Delivery.Item;
import io.streamkeep.kernel.Parking;
import io.streamkeep.kernel.reconcile.Missed;
import java.util.List;

/**
 * Delivers to those who missed something, and tells the log: whom a commit is poison to is parked.
 * What the infrastructure hinders is sent to redelivery, so that one stream does not stop others.
 */
public final class LoggedRepair {

  private final LoggedDelivery delivery;
  private final Parking redelivery;

  public LoggedRepair(LoggedDelivery delivery, Parking redelivery) {
    this.delivery = delivery;
    this.redelivery = redelivery;
  }

  /**
   * Repairs one stream.
   *
   * @param slice the line of what it was found by; each repair has its own
   */
  public void repair(Missed missed, LogLine slice) {
    LogLine line =
        slice.another(LogEvent.REPAIRED).stream(missed.stream())
            .number("commit", missed.commit())
            .count(Metric.REPAIRED, missed.pointers().size());
    boolean done =
        delivery.deliver(List.of(new Item(missed.stream(), missed.commit(), null)), line).isEmpty();
    if (!done) {
      missed.pointers().forEach(redelivery::park);
    }
    line.name("outcome", done ? "done" : "sent-on").write();
  }
}
