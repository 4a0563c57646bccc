package io.streamkeep.retail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A look at a place where sales should appear, sooner or later, just as they are stored. */
sealed interface Look {

  /** What is not there, or not as it should be: why, by invoice number. */
  Map<String, String> missing(Queries queries)
      throws BadAnswerException, GaveUpException, InterruptedException;

  List<Sale> sales();

  /** The order's own view, which must reflect the newest commit of its history. */
  record AtOrder(Sale sale, long newest) implements Look {

    @Override
    public List<Sale> sales() {
      return List.of(sale);
    }

    @Override
    public Map<String, String> missing(Queries queries)
        throws BadAnswerException, GaveUpException, InterruptedException {
      return queries
          .view(sale.last().id())
          .map(this::missing)
          .orElseGet(() -> Map.of(sale.invoice(), "there is no view of the order"));
    }

    private Map<String, String> missing(OrderView view) {
      if (view.commit() != newest) {
        String why = "the view reflects commit %d, not %d".formatted(view.commit(), newest);
        return Map.of(sale.invoice(), why);
      }
      return sale.difference(view)
          .map(difference -> Map.of(sale.invoice(), "the view " + difference))
          .orElseGet(Map::of);
    }
  }

  /** The list of a customer's orders. */
  record AtCustomer(String customer, List<Sale> sales) implements Look {

    public AtCustomer {
      sales = List.copyOf(sales);
    }

    @Override
    public Map<String, String> missing(Queries queries)
        throws BadAnswerException, GaveUpException, InterruptedException {
      Map<String, Queries.Listed> listed = queries.ordersOf(customer);
      Map<String, String> missing = new HashMap<>();
      for (Sale sale : sales) {
        Queries.Listed seen = listed.get(sale.last().id());
        Queries.Listed expected =
            new Queries.Listed(Sale.COMPLETED, sale.order().total(), sale.refund());
        if (!expected.equals(seen)) {
          missing.put(
              sale.invoice(),
              "customer %s's list has %s instead of %s".formatted(customer, seen, expected));
        }
      }
      return missing;
    }
  }
}
