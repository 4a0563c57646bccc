package io.streamkeep.aws.http;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests from the gateway. */
final class Requests {

  private Requests() {}

  /** A request with these headers, name by value; signed unless {@code arn} is empty. */
  static HttpRequest of(String arn, String... headers) {
    return HttpRequest.read(event(arn, headers), Instant.MAX);
  }

  /** The gateway's event of such a request. */
  static JsonObject event(String arn, String... headers) {
    Map<String, List<String>> byName =
        IntStream.range(0, headers.length / 2)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> headers[2 * i],
                    Collectors.mapping(i -> headers[2 * i + 1], Collectors.toList())));
    JsonObjectBuilder given = Json.object();
    byName.forEach(
        (name, values) -> {
          JsonArrayBuilder list = Json.array();
          values.forEach(list::add);
          given.add(name, list);
        });
    JsonObjectBuilder identity = Json.object();
    if (arn.isEmpty()) {
      identity.addNull("userArn");
    } else {
      identity.add("userArn", arn);
    }
    return Json.object()
        .add("httpMethod", "POST")
        .add("resource", "/orders")
        .add("multiValueHeaders", given)
        .add(
            "requestContext",
            Json.object()
                .add("requestId", "request-1")
                .add("path", "/orders")
                .add("identity", identity))
        .build();
  }
}
