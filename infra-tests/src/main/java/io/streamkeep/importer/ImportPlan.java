package io.streamkeep.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The requests to send for a file, each list in file order. Equal invoices result in equal plans,
 * so a rerun repeats the same requests.
 */
public record ImportPlan(
    List<ParsedInvoice.Order> orders, List<Return> returns, List<ParsedInvoice.Refused> refused) {

  /** A return whose items were all matched to orders. */
  public record Return(String invoice, String customer, List<ReturnPart> parts) {}

  /**
   * The part of a return sent in one request.
   *
   * @param order the invoice number of the order
   * @param lines line number → quantity
   */
  public record ReturnPart(String order, SortedMap<Integer, Long> lines) {}

  /**
   * Matches returns to earlier orders.
   *
   * @param refusedOrders orders that the API refused: invoice number → reason code
   */
  public static ImportPlan of(List<ParsedInvoice> invoices, Map<String, String> refusedOrders) {
    List<ParsedInvoice.Order> orders = new ArrayList<>();
    List<Return> returns = new ArrayList<>();
    List<ParsedInvoice.Refused> refused = new ArrayList<>();
    ReturnMatcher matcher = new ReturnMatcher();
    for (ParsedInvoice invoice : invoices) {
      switch (invoice) {
        case ParsedInvoice.Order order -> {
          String reason = refusedOrders.get(order.invoice());
          if (reason == null) {
            orders.add(order);
            matcher.add(order);
          } else {
            refused.add(new ParsedInvoice.Refused(order.invoice(), order.line(), reason));
          }
        }
        case ParsedInvoice.Return goods -> {
          Optional<Return> matched = matcher.match(goods);
          matched.ifPresent(returns::add);
          if (matched.isEmpty()) {
            refused.add(new ParsedInvoice.Refused(goods.invoice(), goods.line(), "unmatched"));
          }
        }
        case ParsedInvoice.Refused invalid -> refused.add(invalid);
      }
    }
    return new ImportPlan(orders, returns, refused);
  }
}
