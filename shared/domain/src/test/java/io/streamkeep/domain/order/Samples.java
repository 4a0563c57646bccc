package io.streamkeep.domain.order;

import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import java.time.Instant;
import java.util.List;

/** Events that the tests share. */
final class Samples {

  static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");
  static final Line KIT = new Line("22084", "PAPER CHAIN KIT", 6, 295);
  static final Line BAG = new Line("23203", "JUMBO BAG", 2, 0);

  static final OrderEvent PLACED =
      new OrderEvent.Placed("14479", "GBP", AT, List.of(KIT, BAG), 1770);
  static final OrderEvent BY_GUEST = new OrderEvent.Placed(null, "JPY", AT, List.of(BAG), 0);
  static final OrderEvent CHANGED = new OrderEvent.LinesChanged(List.of(BAG, KIT, KIT), 3540);
  static final OrderEvent CONFIRMED = new OrderEvent.Confirmed();
  static final OrderEvent COMPLETED = new OrderEvent.Completed();
  static final OrderEvent CANCELLED = new OrderEvent.Cancelled("Changed my mind");
  static final OrderEvent RETURNED =
      new OrderEvent.Returned(List.of(new ReturnedLine(1, 4)), 1180, "Torn");
  static final OrderEvent RETURNED_WITHOUT_REASON =
      new OrderEvent.Returned(List.of(new ReturnedLine(1, 1), new ReturnedLine(2, 2)), 295, null);

  private Samples() {}
}
