package io.streamkeep.importer;

import io.streamkeep.domain.order.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An invoice by itself, before returns are matched to the file's orders. Money: minor units. */
public sealed interface ParsedInvoice {

  String invoice();

  /** An order to place; a guest's has no customer. */
  record Order(
      String invoice,
      @Nullable String customer,
      @Nullable String country,
      String currency,
      List<Line> lines,
      long total)
      implements ParsedInvoice {}

  /** Goods that a customer sent back; the orders that they come from are not known yet. */
  record Return(String invoice, @Nullable String customer, List<Item> items)
      implements ParsedInvoice {}

  /** The quantity is positive. */
  record Item(String sku, long quantity) {}

  /** An invoice that can't be sent, or that the API refused, with a reason code. */
  record Refused(String invoice, String reason) implements ParsedInvoice {}
}
