package io.streamkeep.domain.order;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened to an order. Stored format: see {@link OrderFormat} before changing a record. */
public sealed interface OrderEvent {

  /**
   * The first event of every order.
   *
   * @param customer null for a guest
   * @param country where it goes, null if that was not told
   * @param total the sum over the lines in minor units
   */
  record Placed(
      @Nullable String customer,
      @Nullable String country,
      String currency,
      Instant placedAt,
      List<Line> lines,
      long total)
      implements OrderEvent {}

  record LinesChanged(List<Line> lines, long total) implements OrderEvent {}

  record Confirmed() implements OrderEvent {}

  record Completed() implements OrderEvent {}

  record Cancelled(String reason) implements OrderEvent {}

  /**
   * Some of a completed order came back.
   *
   * @param quantities how many came back of each line, by its number in the order, from 1
   * @param refund what that cost, in minor units
   */
  record Returned(SortedMap<Integer, Long> quantities, long refund, @Nullable String reason)
      implements OrderEvent {
    public Returned {
      quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
    }
  }
}
