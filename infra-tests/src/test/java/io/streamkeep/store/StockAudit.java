package io.streamkeep.store;

import io.streamkeep.domain.stock.Stock;
import io.streamkeep.domain.stock.StockEvent;
import io.streamkeep.domain.stock.StockEventCodec;
import io.streamkeep.domain.stock.Transfer;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.RecordedEvent;
import java.util.ArrayList;
import java.util.List;

/** Totals an article's streams event by event, independently of the domain's code. */
final class StockAudit {

  private final String sku;
  private final List<Transfer> sent = new ArrayList<>();
  private final List<Transfer> arrived = new ArrayList<>();
  private long total;
  private long lowest;

  StockAudit(EventStore store, String sku, List<String> places) {
    this.sku = sku;
    for (String place : places) {
      long onHand = 0;
      for (Commit commit : store.load(Stock.at(sku, place).stream()).commits()) {
        for (RecordedEvent event : commit.events()) {
          onHand += more(place, onHand, new StockEventCodec().decode(event));
          lowest = Math.min(lowest, onHand);
        }
      }
      total += onHand;
    }
  }

  private long more(String place, long onHand, StockEvent event) {
    return switch (event) {
      case StockEvent.Received(long quantity) -> quantity;
      case StockEvent.Shipped(long quantity) -> -quantity;
      case StockEvent.Counted(long quantity, long difference) -> quantity - onHand;
      case StockEvent.Sent(String id, String to, long quantity) -> {
        sent.add(new Transfer(id, sku, place, to, quantity));
        yield -quantity;
      }
      case StockEvent.Arrived(String id, String from, long quantity) -> {
        arrived.add(new Transfer(id, sku, from, place, quantity));
        yield quantity;
      }
    };
  }

  /** Stock at all places together. */
  long total() {
    return total;
  }

  /** The lowest stock that any place ever had. */
  long lowest() {
    return lowest;
  }

  /** Every transfer that left a place. */
  List<Transfer> sent() {
    return sent;
  }

  /** Every transfer that arrived at a place. */
  List<Transfer> arrived() {
    return arrived;
  }
}
