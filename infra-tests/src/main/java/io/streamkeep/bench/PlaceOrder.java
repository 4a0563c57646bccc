package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** A request to place an order, as API Gateway hands it to a function. */
public final class PlaceOrder {

  private PlaceOrder() {}

  /** The event with this idempotency key. */
  public static String event(String key) {
    try (InputStream in = PlaceOrder.class.getResourceAsStream("place-order.json")) {
      byte[] event = Objects.requireNonNull(in).readAllBytes();
      return new String(event, StandardCharsets.UTF_8).replace("{key}", key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is sent with it. */
  static String body() {
    byte[] body = Base64.getDecoder().decode(Json.read(event("")).getString("body"));
    return new String(body, StandardCharsets.UTF_8);
  }
}
