package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.OrderFields.object;
import static io.streamkeep.domain.order.OrderFields.optional;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.json.Upcasters;
import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The permanent stored format of order events: a name, a schema version, a JSON object. Only the
 * current version of an event is written and read; upcasters convert older ones.
 */
public final class OrderEventCodec implements EventCodec<OrderEvent> {

  private static final String PLACED = "order.placed";
  private static final String LINES_CHANGED = "order.lines-changed";
  private static final String CONFIRMED = "order.confirmed";
  private static final String COMPLETED = "order.completed";
  private static final String CANCELLED = "order.cancelled";
  private static final String RETURNED = "order.returned";

  private static final Upcasters VERSIONS =
      Upcasters.builder()
          .written(PLACED, 2)
          .upcast(PLACED, 1, OrderEventCodec::withoutCountry)
          .written(LINES_CHANGED, 1)
          .written(CONFIRMED, 1)
          .written(COMPLETED, 1)
          .written(CANCELLED, 1)
          .written(RETURNED, 2)
          .upcast(RETURNED, 1, OrderEventCodec::eachLineOnce)
          .build();

  @Override
  public RecordedEvent encode(OrderEvent event) {
    return switch (event) {
      case OrderEvent.Placed placed ->
          recorded(
              PLACED,
              optional(
                      optional(object(), "customer", placed.customer()),
                      "country",
                      placed.country())
                  .add("currency", placed.currency())
                  .add("placedAt", placed.placedAt().toString())
                  .add("lines", OrderFields.write(placed.lines()))
                  .add("total", placed.total()));
      case OrderEvent.LinesChanged(var lines, var total) ->
          recorded(
              LINES_CHANGED, object().add("lines", OrderFields.write(lines)).add("total", total));
      case OrderEvent.Confirmed() -> recorded(CONFIRMED, object());
      case OrderEvent.Completed() -> recorded(COMPLETED, object());
      case OrderEvent.Cancelled(var reason) -> recorded(CANCELLED, object().add("reason", reason));
      case OrderEvent.Returned(var quantities, var refund, var reason) ->
          recorded(
              RETURNED,
              optional(
                  object()
                      .add("lines", OrderFields.writeReturned(quantities))
                      .add("refund", refund),
                  "reason",
                  reason));
    };
  }

  private static RecordedEvent recorded(String type, JsonObjectBuilder data) {
    return new RecordedEvent(type, VERSIONS.newest(type), data.build().toString());
  }

  @Override
  public OrderEvent decode(RecordedEvent event) {
    return ObjectReader.read(VERSIONS.upcast(event), json -> read(event.type(), json))
        .orThrow("Event " + event.type() + " v" + event.version());
  }

  private static OrderEvent read(String type, ObjectReader json) {
    return switch (type) {
      case PLACED ->
          new OrderEvent.Placed(
              OrderFields.customer(json),
              OrderFields.country(json),
              OrderFields.currency(json),
              json.instant("placedAt"),
              OrderFields.lines(json),
              OrderFields.amount(json, "total"));
      case LINES_CHANGED ->
          new OrderEvent.LinesChanged(OrderFields.lines(json), OrderFields.amount(json, "total"));
      case CONFIRMED -> new OrderEvent.Confirmed();
      case COMPLETED -> new OrderEvent.Completed();
      case CANCELLED -> new OrderEvent.Cancelled(OrderFields.reason(json));
      case RETURNED ->
          new OrderEvent.Returned(
              quantities(OrderFields.returnedLines(json)),
              OrderFields.amount(json, "refund"),
              OrderFields.optionalReason(json));
      default -> throw new IllegalStateException(type + " has a version but no reader");
    };
  }

  private static SortedMap<Integer, Long> quantities(List<ReturnedLine> lines) {
    SortedMap<Integer, Long> quantities = new TreeMap<>();
    for (ReturnedLine line : lines) {
      if (quantities.put(line.line(), line.quantity()) != null) {
        throw new UnreadableException("An event " + RETURNED + " has a line twice");
      }
    }
    return quantities;
  }

  private static JsonObject withoutCountry(JsonObject first) {
    if (first.containsKey("country")) {
      throw new UnreadableException("An event " + PLACED + " v1 has a country");
    }
    return StrictJson.provider().createObjectBuilder(first).addNull("country").build();
  }

  /** Version 1 copied the request, which may name a line more than once. */
  private static JsonObject eachLineOnce(JsonObject first) {
    SortedMap<Integer, JsonObject> lines = new TreeMap<>();
    for (JsonObject line : first.getJsonArray("lines").getValuesAs(JsonObject.class)) {
      int number = line.getJsonNumber("line").intValueExact();
      lines.merge(number, line, OrderEventCodec::sum);
    }
    JsonArrayBuilder array = StrictJson.provider().createArrayBuilder();
    lines.values().forEach(array::add);
    return StrictJson.provider().createObjectBuilder(first).add("lines", array).build();
  }

  /** Keeps unexpected members of either, so that reading rejects them. */
  private static JsonObject sum(JsonObject line, JsonObject same) {
    long quantity =
        Math.addExact(
            line.getJsonNumber("quantity").longValueExact(),
            same.getJsonNumber("quantity").longValueExact());
    return StrictJson.provider()
        .createObjectBuilder(line)
        .addAll(StrictJson.provider().createObjectBuilder(same))
        .add("quantity", quantity)
        .build();
  }
}
