package io.streamkeep.domain.stock;

/** What can be asked of the stock of an article at one place; of two, see {@link Transfer}. */
public sealed interface StockCommand {

  /**
   * Some came in from outside.
   *
   * @param quantity 1 to a billion
   */
  record Receive(long quantity) implements StockCommand {
    public Receive {
      StockFields.requireQuantity(quantity, 1);
    }
  }

  /**
   * Some go out.
   *
   * @param quantity 1 to a billion
   */
  record Ship(long quantity) implements StockCommand {
    public Ship {
      StockFields.requireQuantity(quantity, 1);
    }
  }

  /**
   * A stock-taking: whatever should be there, this is.
   *
   * @param quantity 0 to a billion
   */
  record Count(long quantity) implements StockCommand {
    public Count {
      StockFields.requireQuantity(quantity, 0);
    }
  }
}
