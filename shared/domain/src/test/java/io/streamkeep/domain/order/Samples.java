package io.streamkeep.domain.order;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Events that the tests share. */
final class Samples {

  static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");
  static final Line KIT = new Line("22084", "PAPER CHAIN KIT", 6, 295);
  static final Line BAG = new Line("23203", "JUMBO BAG", 2, 0);

  static final OrderEvent PLACED =
      new OrderEvent.Placed("14479", "United Kingdom", "GBP", AT, List.of(KIT, BAG), 1770);
  static final OrderEvent PLACED_NOWHERE =
      new OrderEvent.Placed("14479", null, "GBP", AT, List.of(KIT, BAG), 1770);
  static final OrderEvent BY_GUEST = new OrderEvent.Placed(null, null, "JPY", AT, List.of(BAG), 0);
  static final OrderEvent CHANGED = new OrderEvent.LinesChanged(List.of(BAG, KIT, KIT), 3540);
  static final OrderEvent CONFIRMED = new OrderEvent.Confirmed();
  static final OrderEvent COMPLETED = new OrderEvent.Completed();
  static final OrderEvent CANCELLED = new OrderEvent.Cancelled("Changed my mind");
  static final OrderEvent RETURNED =
      new OrderEvent.Returned(new TreeMap<>(Map.of(1, 4L)), 1180, "Torn");
  static final OrderEvent RETURNED_WITHOUT_REASON =
      new OrderEvent.Returned(new TreeMap<>(Map.of(1, 1L, 2, 2L)), 295, null);

  private Samples() {}
}
