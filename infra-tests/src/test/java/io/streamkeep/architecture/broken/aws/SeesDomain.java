package io.streamkeep.architecture.broken.aws;

import io.streamkeep.domain.order.Order;
import org.jspecify.annotations.Nullable;

final class SeesDomain {
  @Nullable Order order;
}
