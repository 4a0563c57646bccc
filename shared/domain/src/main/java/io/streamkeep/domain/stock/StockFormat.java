package io.streamkeep.domain.stock;

import static io.streamkeep.domain.stock.StockJson.object;
import static io.streamkeep.domain.stock.StockJson.place;
import static io.streamkeep.domain.stock.StockJson.quantity;
import static io.streamkeep.domain.stock.StockJson.transfer;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.kernel.EventCodec;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.UnreadableException;
import jakarta.json.JsonObjectBuilder;
import java.util.function.Function;

/**
 * How the events of stock are stored, for ever: a name, a schema version, a JSON object. What is
 * here may be added to; a version that was written once is never changed.
 */
public final class StockFormat implements EventCodec<StockEvent> {

  private static final String RECEIVED = "stock.received";
  private static final String SHIPPED = "stock.shipped";
  private static final String COUNTED = "stock.counted";
  private static final String SENT = "stock.sent";
  private static final String ARRIVED = "stock.arrived";

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
    return new RecordedEvent(type, 1, data.build().toString());
  }

  @Override
  public StockEvent decode(RecordedEvent event) {
    return switch (event.type() + ".v" + event.version()) {
      case RECEIVED + ".v1" -> read(event, json -> new StockEvent.Received(quantity(json, 1)));
      case SHIPPED + ".v1" -> read(event, json -> new StockEvent.Shipped(quantity(json, 1)));
      case COUNTED + ".v1" ->
          read(
              event, json -> new StockEvent.Counted(quantity(json, 0), StockJson.difference(json)));
      case SENT + ".v1" ->
          read(
              event,
              json -> new StockEvent.Sent(transfer(json), place(json, "to"), quantity(json, 1)));
      case ARRIVED + ".v1" ->
          read(
              event,
              json ->
                  new StockEvent.Arrived(transfer(json), place(json, "from"), quantity(json, 1)));
      default ->
          throw new UnreadableException("Unknown event " + event.type() + " v" + event.version());
    };
  }

  private static StockEvent read(RecordedEvent event, Function<ObjectReader, StockEvent> as) {
    return ObjectReader.read(StrictJson.parse(event.data()), as)
        .orUnreadable("Event " + event.type() + " v" + event.version());
  }
}
