package io.streamkeep.retail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one invoice says by itself, before returns are matched to the orders of the file. */
sealed interface Draft {

  String invoice();

  /**
   * An order as it will be placed; a guest's has no customer, and one may have no country; the
   * total is in minor units.
   */
  record Order(
      String invoice,
      @Nullable String customer,
      @Nullable String country,
      String currency,
      List<Line> lines,
      long total)
      implements Draft {

    public Order {
      lines = List.copyOf(lines);
    }
  }

  /** A line of an order; the price is in minor units. */
  record Line(String sku, String description, long quantity, long unitPrice) {}

  /** Goods that a customer sent back, from which order not yet known. */
  record Return(String invoice, @Nullable String customer, List<Item> items) implements Draft {

    public Return {
      items = List.copyOf(items);
    }
  }

  /** So many pieces of a sku; the quantity is positive. */
  record Item(String sku, long quantity) {}

  /** An invoice that is not sent, or that the API did not take, with a reason code. */
  record Refused(String invoice, String reason) implements Draft {}
}
