package io.streamkeep.domain.stock;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.kernel.decider.StateCodec;

/**
 * The stored format of the state of stock in snapshots. When the format changes, increment {@link
 * #SCHEMA}; nothing else is needed, since snapshots of other versions are ignored.
 */
public final class StockStateCodec implements StateCodec<Stock> {

  private static final int SCHEMA = 1;

  @Override
  public int schema() {
    return SCHEMA;
  }

  @Override
  public String encode(Stock stock) {
    return StockFields.object().add("onHand", stock.onHand()).build().toString();
  }

  @Override
  public Stock decode(String data) {
    return ObjectReader.read(
            StrictJson.parse(data), json -> new Stock(json.integer("onHand", 0, Long.MAX_VALUE)))
        .orThrow("The state of stock");
  }
}
