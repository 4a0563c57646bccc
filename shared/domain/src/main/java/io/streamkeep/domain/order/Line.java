package io.streamkeep.domain.order;

/**
 * A line of an order.
 *
 * @param quantity at least 1
 * @param unitPrice in minor units of the order's currency, at least 0
 */
public record Line(String sku, String description, long quantity, long unitPrice) {

  /** In minor units; throws {@link ArithmeticException} if it overflows. */
  long total() {
    return Math.multiplyExact(quantity, unitPrice);
  }
}
