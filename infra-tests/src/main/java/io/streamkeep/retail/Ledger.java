package io.streamkeep.retail;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was done with a file: the plan as it was followed, with the orders that the API refused
 * among its refusals; the orders that were carried through, with their returns; how the rest of
 * what was sent ended.
 */
record Ledger(int read, Plan plan, List<Sale> sales, List<Fate> rest) {

  Ledger {
    sales = List.copyOf(sales);
    rest = List.copyOf(rest);
  }

  <F extends Fate> Stream<F> ended(Class<F> how) {
    return rest.stream().filter(how::isInstance).map(how::cast);
  }
}
