package io.streamkeep.domain.order;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of an order. Stored format: see {@link OrderEventCodec} before changing a record. */
public sealed interface OrderEvent {

  /**
   * The first event of every order.
   *
   * @param customer null for a guest
   * @param country the destination, null if unknown
   * @param total the sum of the lines in minor units
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
   * All lines were replaced, before it was confirmed.
   *
   * @param total the sum of the new lines in minor units
   */
  record LinesChanged(List<Line> lines, long total) implements OrderEvent {}

  /** The seller accepted it; its lines are final. */
  record Confirmed() implements OrderEvent {}

  /** It was completed. */
  record Completed() implements OrderEvent {}

  /**
   * It was cancelled before it was completed.
   *
   * @param reason free text, 1 to 500 characters
   */
  record Cancelled(String reason) implements OrderEvent {}

  /**
   * Part of a completed order was returned.
   *
   * @param quantities the quantity returned by line number, from 1
   * @param refund in minor units
   */
  record Returned(SortedMap<Integer, Long> quantities, long refund, @Nullable String reason)
      implements OrderEvent {
    public Returned {
      quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
    }
  }
}
