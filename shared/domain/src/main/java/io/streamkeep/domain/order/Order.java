package io.streamkeep.domain.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The state of an order. */
public sealed interface Order {

  /** The category of the streams of orders. */
  String CATEGORY = "order";

  /** No such order exists. */
  record NotPlaced() implements Order {}

  /** An order that exists. */
  sealed interface Existing extends Order {
    OrderDetails details();
  }

  /** Placed; its lines can still be changed. */
  record Placed(OrderDetails details) implements Existing {}

  /** Accepted by the seller. */
  record Confirmed(OrderDetails details) implements Existing {}

  /**
   * Cancelled, which is final.
   *
   * @param reason free text, 1 to 500 characters
   */
  record Cancelled(OrderDetails details, String reason) implements Existing {}

  /**
   * Completed; some of it may have been returned.
   *
   * @param returned the quantity returned of each line, in the order of the lines
   * @param refunded in minor units
   */
  record Completed(OrderDetails details, List<Long> returned, long refunded) implements Existing {
    public Completed {
      returned = List.copyOf(returned);
    }

    static Completed of(OrderDetails details) {
      return new Completed(details, Collections.nCopies(details.lines().size(), 0L), 0);
    }

    Completed withReturned(SortedMap<Integer, Long> quantities, long refund) {
      List<Long> sum = new ArrayList<>(returned);
      quantities.forEach((line, quantity) -> sum.set(line - 1, sum.get(line - 1) + quantity));
      return new Completed(details, sum, refunded + refund);
    }
  }

  /**
   * The customer, lines and total of an order.
   *
   * @param customer null for a guest
   * @param country the destination, null if unknown
   * @param currency ISO 4217
   * @param total the sum of the lines in minor units
   */
  record OrderDetails(
      @Nullable String customer,
      @Nullable String country,
      String currency,
      Instant placedAt,
      List<Line> lines,
      long total) {
    public OrderDetails {
      lines = List.copyOf(lines);
    }

    OrderDetails with(List<Line> newLines, long newTotal) {
      return new OrderDetails(customer, country, currency, placedAt, newLines, newTotal);
    }
  }
}
