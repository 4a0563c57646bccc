package io.streamkeep.architecture.broken.testkit;

import io.streamkeep.domain.order.Order;
import org.jspecify.annotations.Nullable;

final class SeesOrders {
  @Nullable Order order;
}
