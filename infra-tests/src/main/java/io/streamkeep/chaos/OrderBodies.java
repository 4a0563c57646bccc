package io.streamkeep.chaos;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random request bodies.
 *
 * @param samples bodies to choose orders from; if there are none, orders are made up
 */
record OrderBodies(List<String> samples) {

  private static final List<String> COUNTRIES = List.of("United Kingdom", "France", "EIRE");

  /** A body that places an order. */
  String order(SplittableRandom random) {
    return samples.isEmpty()
        ? Json.object()
            .add("customer", Integer.toString(14000 + random.nextInt(40)))
            .add("currency", "GBP")
            .add("country", COUNTRIES.get(random.nextInt(COUNTRIES.size())))
            .add("lines", randomLines(random))
            .build()
            .toString()
        : samples.get(random.nextInt(samples.size()));
  }

  /** A body that replaces an order's lines. */
  String lines(SplittableRandom random) {
    JsonArray lines = Json.read(order(random)).getJsonArray("lines");
    return Json.object().add("lines", lines).build().toString();
  }

  private static JsonArrayBuilder randomLines(SplittableRandom random) {
    JsonArrayBuilder lines = Json.array();
    int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 5); // a few orders are long
    for (int i = 0; i < count; i++) {
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
