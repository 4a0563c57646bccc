package io.streamkeep.importer;

import io.streamkeep.domain.order.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An invoice on its own, before returns are matched to orders. Money is in minor units. */
public sealed interface ParsedInvoice {

  String invoice();

  /** The line of its first row in the file; of a refused one, the line that caused it. */
  long line();

  /** An order to place; a guest's order has no customer. */
  record Order(
      String invoice,
      long line,
      @Nullable String customer,
      @Nullable String country,
      String currency,
      List<Line> lines,
      long total)
      implements ParsedInvoice {}

  /** Goods that a customer sent back; the orders they belong to are not known yet. */
  record Return(String invoice, long line, @Nullable String customer, List<Item> items)
      implements ParsedInvoice {}

  /** A returned item; the quantity is positive. */
  record Item(String sku, long quantity) {}

  /** An invoice that can't be sent, or that the API refused, with a reason code. */
  record Refused(String invoice, long line, String reason) implements ParsedInvoice {}
}
