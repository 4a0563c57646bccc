package io.streamkeep.domain.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of an order. */
public sealed interface OrderCommand {

  /**
   * A new order.
   *
   * @param customer null for a guest
   * @param country where it goes, null if that is not told
   * @param currency ISO 4217
   */
  record Place(
      @Nullable String customer,
      @Nullable String country,
      String currency,
      List<Line> lines,
      Instant at)
      implements OrderCommand {}

  /** All lines anew. */
  record ChangeLines(List<Line> lines) implements OrderCommand {}

  /** Takes a placed order on. */
  record Confirm() implements OrderCommand {}

  /** Sells a confirmed order. */
  record Complete() implements OrderCommand {}

  /**
   * Calls off an order that is not completed.
   *
   * @param reason in somebody's own words, 1 to 500 characters
   */
  record Cancel(String reason) implements OrderCommand {}

  /** Takes back some of a completed order; the same line may be named more than once. */
  record Return(List<ReturnedLine> lines, @Nullable String reason) implements OrderCommand {}

  /**
   * How many of a line come back.
   *
   * @param line its number in the order, from 1
   * @param quantity at least 1
   */
  record ReturnedLine(int line, long quantity) {}
}
