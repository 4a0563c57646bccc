package io.streamkeep.domain.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of an order. */
public sealed interface OrderCommand {

  /**
   * Places a new order.
   *
   * @param customer null for a guest
   * @param country the destination, null if unknown
   * @param currency ISO 4217
   */
  record Place(
      @Nullable String customer,
      @Nullable String country,
      String currency,
      List<Line> lines,
      Instant at)
      implements OrderCommand {}

  /** Replaces all lines. */
  record ChangeLines(List<Line> lines) implements OrderCommand {}

  /** Accepts a placed order. */
  record Confirm() implements OrderCommand {}

  /** Completes a confirmed order. */
  record Complete() implements OrderCommand {}

  /**
   * Cancels an order that is not completed.
   *
   * @param reason free text, 1 to 500 characters
   */
  record Cancel(String reason) implements OrderCommand {}

  /** Returns part of a completed order; a line may be named more than once. */
  record Return(List<ReturnedLine> lines, @Nullable String reason) implements OrderCommand {}

  /**
   * The quantity of a line to return.
   *
   * @param line its number in the order, from 1
   * @param quantity at least 1
   */
  record ReturnedLine(int line, long quantity) {}
}
