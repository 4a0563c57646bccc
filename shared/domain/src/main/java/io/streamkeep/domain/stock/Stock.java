package io.streamkeep.domain.stock;

import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.StreamId;

import java.util.Optional;

/**
 * How many of an article are at a place; there is a stream for each pair, and all that were never
 * written to are empty.
 *
 * @param onHand 0 to a billion
 */
public record Stock(long onHand) {

  /** The category of the streams of stock. */
  public static final String CATEGORY = "stock";

  /** How it is folded and stored. */
  public static final Aggregate<StockEvent, Stock> AGGREGATE =
      new Aggregate<>(new StockDecider(), new StockEventCodec(), new StockStateCodec());

  public Stock {
    if (onHand < 0) {
      throw new IllegalStateException("Stock below zero");
    }
  }

  /**
   * The stream of an article at a place; empty if an article or a place can't be called so. A place
   * has no slash in its name, so no two pairs have one stream.
   *
   * @param sku 1 to 64 characters
   * @param place 1 to 64 characters of A-Z a-z 0-9 . _ ~ : @ + -
   */
  public static Optional<StreamId> stream(String sku, String place) {
    return StockFields.isSku(sku) && StockFields.PLACE.matcher(place).matches()
        ? Optional.of(new StreamId(CATEGORY, place + "/" + sku))
        : Optional.empty();
  }

  /** The same as what takes part in a command; throws {@link IllegalArgumentException}. */
  public static StreamRef<StockEvent, Stock> at(String sku, String place) {
    return new StreamRef<>(
        stream(sku, place)
            .orElseThrow(() -> new IllegalArgumentException("No such article or place")),
        AGGREGATE);
  }
}
