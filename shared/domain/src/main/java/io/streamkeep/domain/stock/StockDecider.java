package io.streamkeep.domain.stock;

import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection.Kind;

/** The rules of an article's stock at one place: never below zero, never above a billion. */
public final class StockDecider implements Decider<StockCommand, StockEvent, Stock> {

  @Override
  public Stock initial() {
    return new Stock(0);
  }

  @Override
  public Decision<StockEvent> decide(StockCommand command, Stock stock) {
    return switch (command) {
      case StockCommand.Receive(long quantity) ->
          in(stock, quantity, new StockEvent.Received(quantity));
      case StockCommand.Ship(long quantity) ->
          out(stock, quantity, new StockEvent.Shipped(quantity));
      case StockCommand.Count(long quantity) ->
          Decision.accept(new StockEvent.Counted(quantity, quantity - stock.onHand()));
    };
  }

  static Decision<StockEvent> in(Stock stock, long quantity, StockEvent event) {
    return quantity > StockFields.MAX_QUANTITY - stock.onHand()
        ? Decision.reject(
            Kind.STATE,
            "stock-overflow",
            "There would be more than " + StockFields.MAX_QUANTITY + " there.")
        : Decision.accept(event);
  }

  static Decision<StockEvent> out(Stock stock, long quantity, StockEvent event) {
    return quantity > stock.onHand()
        ? Decision.reject(
            Kind.STATE, "stock-too-low", "Only " + stock.onHand() + " are on hand there.")
        : Decision.accept(event);
  }

  @Override
  public Stock evolve(Stock stock, StockEvent event) {
    return switch (event) {
      case StockEvent.Received(long quantity) -> plus(stock, quantity);
      case StockEvent.Shipped(long quantity) -> plus(stock, -quantity);
      case StockEvent.Counted(long quantity, long difference) -> new Stock(quantity);
      case StockEvent.Sent(var transfer, var to, long quantity) -> plus(stock, -quantity);
      case StockEvent.Arrived(var transfer, var from, long quantity) -> plus(stock, quantity);
    };
  }

  private static Stock plus(Stock stock, long quantity) {
    return new Stock(Math.addExact(stock.onHand(), quantity));
  }
}
