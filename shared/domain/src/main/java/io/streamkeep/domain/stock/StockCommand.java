package io.streamkeep.domain.stock;

/** The commands on an article's stock at one place; for two places see {@link Transfer}. */
public sealed interface StockCommand {

  /**
   * Receives some from outside.
   *
   * @param quantity 1 to a billion
   */
  record Receive(long quantity) implements StockCommand {
    public Receive {
      StockFields.requireQuantity(quantity, 1);
    }
  }

  /**
   * Ships some out.
   *
   * @param quantity 1 to a billion
   */
  record Ship(long quantity) implements StockCommand {
    public Ship {
      StockFields.requireQuantity(quantity, 1);
    }
  }

  /**
   * Records a count: this is the true quantity, whatever was expected.
   *
   * @param quantity 0 to a billion
   */
  record Count(long quantity) implements StockCommand {
    public Count {
      StockFields.requireQuantity(quantity, 0);
    }
  }
}
