package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** A sample request that places an order. */
public final class PlaceOrder {

  static final String PATH = "/orders";

  private PlaceOrder() {}

  /** The request as API Gateway passes it to a function. */
  public static String event(String idempotencyKey) {
    return resource("place-order.json").replace("{key}", idempotencyKey);
  }

  static String body() {
    byte[] body = Base64.getDecoder().decode(Json.read(event("")).getString("body"));
    return new String(body, StandardCharsets.UTF_8);
  }

  static String resource(String name) {
    try (InputStream in = PlaceOrder.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
