package io.streamkeep.domain.stock;

import io.streamkeep.kernel.command.StreamChange;
import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.command.StreamStates;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import java.util.List;

/**
 * A move of some of an article from one place to another: two streams in one transaction, so the
 * quantity is always at exactly one of them.
 *
 * @param id 1 to 128 printable characters of ASCII, the same in the events of both places
 * @param from the name of the source
 * @param to the name of the destination
 * @param quantity 1 to a billion
 */
public record Transfer(String id, String sku, String from, String to, long quantity) {

  public Transfer {
    if (!StockFields.TRANSFER.matcher(id).matches() || from.equals(to)) {
      throw new IllegalArgumentException("Not a transfer");
    }
    StockFields.requireQuantity(quantity, 1);
  }

  /** Source and destination. */
  public List<StreamRef<?, ?>> refs() {
    return List.of(source(), target());
  }

  private StreamRef<StockEvent, Stock> source() {
    return Stock.at(sku, from);
  }

  private StreamRef<StockEvent, Stock> target() {
    return Stock.at(sku, to);
  }

  /** Decides it on the stock at both places. */
  public Decision<StreamChange<?>> decide(StreamStates states) {
    return switch (StockDecider.out(states.of(source()), quantity, sent())) {
      case Decision.Rejected<StockEvent>(Rejection no) -> new Decision.Rejected<>(no);
      case Decision.Accepted<StockEvent>(var out) ->
          switch (StockDecider.in(states.of(target()), quantity, arrived())) {
            case Decision.Rejected<StockEvent>(Rejection no) -> new Decision.Rejected<>(no);
            case Decision.Accepted<StockEvent>(var in) ->
                new Decision.Accepted<>(
                    List.of(new StreamChange<>(source(), out), new StreamChange<>(target(), in)));
          };
    };
  }

  private StockEvent sent() {
    return new StockEvent.Sent(id, to, quantity);
  }

  private StockEvent arrived() {
    return new StockEvent.Arrived(id, from, quantity);
  }
}
