package io.streamkeep.domain.stock;

import io.streamkeep.domain.module.AggregateModule;

/** Registers stock, which has no operations yet. */
public final class StockModule {

  public static final AggregateModule<StockCommand, StockEvent, Stock> STOCK =
      AggregateModule.of(
              Stock.CATEGORY, new StockDecider(), new StockEventCodec(), new StockStateCodec())
          .build();

  private StockModule() {}
}
