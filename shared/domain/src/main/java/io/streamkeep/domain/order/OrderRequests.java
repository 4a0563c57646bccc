package io.streamkeep.domain.order;

import io.streamkeep.domain.json.Decoded;
import io.streamkeep.domain.json.ObjectReader;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * Commands from the bodies of requests; the API's document describes the same, and a test holds
 * them together.
 */
public final class OrderRequests {

  private OrderRequests() {}

  public static Decoded<OrderCommand> place(Decoded<JsonObject> body, Instant at) {
    return ObjectReader.read(
        body,
        json ->
            new OrderCommand.Place(
                OrderJson.customer(json),
                OrderJson.country(json),
                OrderJson.currency(json),
                OrderJson.lines(json),
                at));
  }

  public static Decoded<OrderCommand> changeLines(Decoded<JsonObject> body) {
    return ObjectReader.read(body, json -> new OrderCommand.ChangeLines(OrderJson.lines(json)));
  }

  public static Decoded<OrderCommand> confirm(Decoded<JsonObject> body) {
    return ObjectReader.read(body, json -> new OrderCommand.Confirm());
  }

  public static Decoded<OrderCommand> complete(Decoded<JsonObject> body) {
    return ObjectReader.read(body, json -> new OrderCommand.Complete());
  }

  public static Decoded<OrderCommand> cancel(Decoded<JsonObject> body) {
    return ObjectReader.read(body, json -> new OrderCommand.Cancel(OrderJson.reason(json)));
  }

  public static Decoded<OrderCommand> takeBack(Decoded<JsonObject> body) {
    return ObjectReader.read(
        body,
        json ->
            new OrderCommand.Return(OrderJson.returnedLines(json), OrderJson.optionalReason(json)));
  }
}
