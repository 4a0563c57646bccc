package io.streamkeep.domain.order;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened to an order. Stored format: see {@link OrderEventCodec} before changing a record. */
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

  /**
   * All lines anew, before it was confirmed.
   *
   * @param total the sum over the new lines in minor units
   */
  record LinesChanged(List<Line> lines, long total) implements OrderEvent {}

  /** The seller took it on: its lines stay as they are. */
  record Confirmed() implements OrderEvent {}

  /** It was sold. */
  record Completed() implements OrderEvent {}

  /**
   * It was called off before it was completed.
   *
   * @param reason in somebody's own words, 1 to 500 characters
   */
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
