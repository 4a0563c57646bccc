package io.streamkeep.domain;

import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.domain.stock.StockModule;
import io.streamkeep.kernel.projection.Projection;
import java.util.List;

/** Lists the registered aggregates; no function handles any other. */
public final class Registry {

  private static final List<AggregateModule<?, ?, ?>> AGGREGATES =
      List.of(OrderModule.ORDER, StockModule.STOCK);

  private Registry() {}

  public static List<AggregateModule<?, ?, ?>> aggregates() {
    return AGGREGATES;
  }

  /** The views of all aggregates. */
  public static List<Projection<?, ?>> projections() {
    return AGGREGATES.stream()
        .<Projection<?, ?>>flatMap(aggregate -> aggregate.projections().stream())
        .toList();
  }
}
