package io.streamkeep.retail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of every invoice of a file: ordered, returned or refused, each list in the file's
 * order. The same drafts always make the same plan, so that a second run sends the same requests.
 */
record Plan(List<Draft.Order> orders, List<PlannedReturn> returns, List<Draft.Refused> refused) {

  static final String UNMATCHED = "unmatched";

  Plan {
    orders = List.copyOf(orders);
    returns = List.copyOf(returns);
    refused = List.copyOf(refused);
  }

  /** Plans without the orders that the API refused, given as invoice number → reason code. */
  static Plan of(List<Draft> drafts, Map<String, String> refusedOrders) {
    Builder plan = new Builder();
    for (Draft draft : drafts) {
      String reason = refusedOrders.get(draft.invoice());
      plan.add(reason == null ? draft : new Draft.Refused(draft.invoice(), reason));
    }
    return new Plan(plan.orders, plan.returns, plan.refused);
  }

  private static final class Builder {

    private final List<Draft.Order> orders = new ArrayList<>();
    private final List<PlannedReturn> returns = new ArrayList<>();
    private final List<Draft.Refused> refused = new ArrayList<>();
    private final ReturnMatcher matcher = new ReturnMatcher();

    private void add(Draft draft) {
      switch (draft) {
        case Draft.Order order -> {
          orders.add(order);
          matcher.ordered(order);
        }
        case Draft.Return wanted ->
            matcher
                .match(wanted)
                .ifPresentOrElse(
                    returns::add,
                    () -> refused.add(new Draft.Refused(wanted.invoice(), UNMATCHED)));
        case Draft.Refused no -> refused.add(no);
      }
    }
  }
}
