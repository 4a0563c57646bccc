package io.streamkeep.domain.stock;

import static io.streamkeep.domain.stock.StockFields.object;
import static io.streamkeep.domain.stock.StockFields.place;
import static io.streamkeep.domain.stock.StockFields.quantity;
import static io.streamkeep.domain.stock.StockFields.transfer;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.Upcasters;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import jakarta.json.JsonObjectBuilder;

/**
 * The permanent stored format of stock events: a name, a schema version, a JSON object. Only the
 * current version of an event is written and read; upcasters convert older ones.
 */
public final class StockEventCodec implements EventCodec<StockEvent> {

  private static final String RECEIVED = "stock.received";
  private static final String SHIPPED = "stock.shipped";
  private static final String COUNTED = "stock.counted";
  private static final String SENT = "stock.sent";
  private static final String ARRIVED = "stock.arrived";

  private static final Upcasters VERSIONS =
      Upcasters.builder()
          .written(RECEIVED, 1)
          .written(SHIPPED, 1)
          .written(COUNTED, 1)
          .written(SENT, 1)
          .written(ARRIVED, 1)
          .build();

  @Override
  public RecordedEvent encode(StockEvent event) {
    return switch (event) {
      case StockEvent.Received(long quantity) ->
          recorded(RECEIVED, object().add("quantity", quantity));
      case StockEvent.Shipped(long quantity) ->
          recorded(SHIPPED, object().add("quantity", quantity));
      case StockEvent.Counted(long quantity, long difference) ->
          recorded(COUNTED, object().add("quantity", quantity).add("difference", difference));
      case StockEvent.Sent(String transfer, String to, long quantity) ->
          recorded(
              SENT, object().add("transfer", transfer).add("to", to).add("quantity", quantity));
      case StockEvent.Arrived(String transfer, String from, long quantity) ->
          recorded(
              ARRIVED,
              object().add("transfer", transfer).add("from", from).add("quantity", quantity));
    };
  }

  private static RecordedEvent recorded(String type, JsonObjectBuilder data) {
    return new RecordedEvent(type, VERSIONS.newest(type), data.build().toString());
  }

  @Override
  public StockEvent decode(RecordedEvent event) {
    return ObjectReader.read(VERSIONS.upcast(event), json -> read(event.type(), json))
        .orThrow("Event " + event.type() + " v" + event.version());
  }

  private static StockEvent read(String type, ObjectReader json) {
    return switch (type) {
      case RECEIVED -> new StockEvent.Received(quantity(json, 1));
      case SHIPPED -> new StockEvent.Shipped(quantity(json, 1));
      case COUNTED -> new StockEvent.Counted(quantity(json, 0), StockFields.difference(json));
      case SENT -> new StockEvent.Sent(transfer(json), place(json, "to"), quantity(json, 1));
      case ARRIVED ->
          new StockEvent.Arrived(transfer(json), place(json, "from"), quantity(json, 1));
      default -> throw new IllegalStateException(type + " has a version but no reader");
    };
  }
}
