package io.streamkeep.domain;

import io.streamkeep.domain.order.CustomerOrdersView;
import io.streamkeep.domain.order.OrderView;
import io.streamkeep.domain.order.SalesView;
import io.streamkeep.kernel.View;
import java.util.List;

/** Every view that there is: one that is not here is neither projected nor redelivered. */
public final class Views {

  private Views() {}

  public static List<View> all() {
    return List.of(new OrderView(), new CustomerOrdersView(), new SalesView());
  }
}
