package io.streamkeep.chaos;

import io.streamkeep.aws.json.Json;


import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is ordered.
 *
 * @param real bodies of orders to choose from; if there are none, they are made up
 */
record Goods(List<String> real) {

  private static final List<String> COUNTRIES = List.of("United Kingdom", "France", "EIRE");

  /** The body of a request that places an order. */
  String order(SplittableRandom random) {
    if (!real.isEmpty()) {
      return real.get(random.nextInt(real.size()));
    }
    return Json.object()
        .add("customer", Integer.toString(14000 + random.nextInt(40)))
        .add("currency", "GBP")
        .add("country", COUNTRIES.get(random.nextInt(COUNTRIES.size())))
        .add("lines", made(random))
        .build()
        .toString();
  }

  /** The body of a request that changes an order's lines. */
  String lines(SplittableRandom random) {
    JsonObjectBuilder body = Json.object();
    if (real.isEmpty()) {
      return body.add("lines", made(random)).build().toString();
    }
    return body.add("lines", Json.read(order(random)).getJsonArray("lines")).build().toString();
  }

  private static JsonArrayBuilder made(SplittableRandom random) {
    JsonArrayBuilder lines = Json.array();
    int number = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 5); // now and then a long one
    for (int i = 0; i < number; i++) {
      lines.add(
          Json.object()
              .add("sku", Integer.toString(20000 + random.nextInt(5000)))
              .add("description", "GOODS NUMBER " + random.nextInt(100_000))
              .add("quantity", 1 + random.nextInt(24))
              .add("unitPrice", random.nextInt(2000)));
    }
    return lines;
  }
}
