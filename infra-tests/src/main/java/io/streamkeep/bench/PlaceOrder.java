package io.streamkeep.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A sample request that places an order, as API Gateway passes it to a function. */
public final class PlaceOrder {

  private PlaceOrder() {}

  public static String event(String idempotencyKey) {
    return resource("place-order.json").replace("{key}", idempotencyKey);
  }

  static String resource(String name) {
    try (InputStream in = PlaceOrder.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
