package io.streamkeep.retail;

import java.util.ArrayList;
import java.util.List;

/** How much of each line of an order has not been returned yet. */
final class Remaining {

  /** So much taken from a line, numbered from 1. */
  record Taken(Remaining from, int line, long quantity) {

    void putBack() {
      from.left[line - 1] += quantity;
    }
  }

  private final Draft.Order order;
  private final long[] left;

  Remaining(Draft.Order order) {
    this.order = order;
    this.left = order.lines().stream().mapToLong(Draft.Line::quantity).toArray();
  }

  String invoice() {
    return order.invoice();
  }

  /** The pieces of the sku that are left, over all lines that have it. */
  long left(String sku) {
    long sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += has(i, sku) ? left[i] : 0;
    }
    return sum;
  }

  /** Takes from the lines that have the sku, first to last, what {@link #left} said is there. */
  List<Taken> take(Draft.Item item) {
    List<Taken> taken = new ArrayList<>();
    long open = item.quantity();
    for (int i = 0; i < left.length && open > 0; i++) {
      long quantity = has(i, item.sku()) ? Math.min(left[i], open) : 0;
      if (quantity > 0) {
        left[i] -= quantity;
        open -= quantity;
        taken.add(new Taken(this, i + 1, quantity));
      }
    }
    return taken;
  }

  private boolean has(int index, String sku) {
    return order.lines().get(index).sku().equals(sku);
  }
}
