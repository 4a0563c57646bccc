package io.streamkeep.domain.stock;

import io.streamkeep.kernel.Change;
import io.streamkeep.kernel.Decision;
import io.streamkeep.kernel.Participant;
import io.streamkeep.kernel.Rejection;
import io.streamkeep.kernel.States;
import java.util.List;

/**
 * Some of an article go from one place to another: two streams, one transaction, so that at every
 * moment they are at one of the two.
 *
 * @param id 1 to 128 printable characters of ASCII, the same in the events of both places
 * @param from where they are, by its name
 * @param to another place
 * @param quantity 1 to a billion
 */
public record Transfer(String id, String sku, String from, String to, long quantity) {

  public Transfer {
    if (!StockJson.TRANSFER.matcher(id).matches() || from.equals(to)) {
      throw new IllegalArgumentException("Not a transfer");
    }
    StockJson.requireQuantity(quantity, 1);
  }

  /** Where they go from, and where they go to. */
  public List<Participant<?, ?>> participants() {
    return List.of(source(), target());
  }

  private Participant<StockEvent, Stock> source() {
    return Stock.at(sku, from);
  }

  private Participant<StockEvent, Stock> target() {
    return Stock.at(sku, to);
  }

  /** What becomes of it with so many at both places. */
  public Decision<Change<?>> decide(States states) {
    return switch (StockDecider.out(states.of(source()), quantity, sent())) {
      case Decision.Rejected<StockEvent>(Rejection no) -> new Decision.Rejected<>(no);
      case Decision.Accepted<StockEvent>(var out) ->
          switch (StockDecider.in(states.of(target()), quantity, arrived())) {
            case Decision.Rejected<StockEvent>(Rejection no) -> new Decision.Rejected<>(no);
            case Decision.Accepted<StockEvent>(var in) ->
                new Decision.Accepted<>(
                    List.of(new Change<>(source(), out), new Change<>(target(), in)));
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
