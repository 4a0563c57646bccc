package io.streamkeep.domain.stock;

import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.StreamId;
import java.util.Optional;

/**
 * The quantity of an article at a place. Each pair has a stream; a stream that was never written is
 * empty stock.
 *
 * @param onHand 0 to a billion
 */
public record Stock(long onHand) {

  /** The category of the streams of stock. */
  public static final String CATEGORY = "stock";

  /** Its rules and stored formats. */
  public static final Aggregate<StockEvent, Stock> AGGREGATE =
      new Aggregate<>(new StockDecider(), new StockEventCodec(), new StockStateCodec());

  public Stock {
    if (onHand < 0) {
      throw new IllegalStateException("Stock below zero");
    }
  }

  /**
   * The stream of an article at a place; empty if a name is not valid. A place has no slash in its
   * name, so no two pairs share a stream.
   *
   * @param sku 1 to 64 characters
   * @param place 1 to 64 characters of A-Z a-z 0-9 . _ ~ : @ + -
   */
  public static Optional<StreamId> stream(String sku, String place) {
    return StockFields.isSku(sku) && StockFields.PLACE.matcher(place).matches()
        ? Optional.of(new StreamId(CATEGORY, place + "/" + sku))
        : Optional.empty();
  }

  /** The same, for a command; throws {@link IllegalArgumentException} if a name is not valid. */
  public static StreamRef<StockEvent, Stock> at(String sku, String place) {
    return new StreamRef<>(
        stream(sku, place)
            .orElseThrow(() -> new IllegalArgumentException("No such article or place")),
        AGGREGATE);
  }
}
