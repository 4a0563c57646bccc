package io.streamkeep.importer;

import io.streamkeep.domain.order.OrderView.OrderRow;
import jakarta.json.Json;
import java.util.Map;

/** A response of the fake API. */
record FakeReply(int status, String type, Map<String, String> headers, String body) {

  static FakeReply order(int status, OrderRow order, int commit) {
    Map<String, String> headers = Map.of("ETag", "\"" + commit + "\"");
    return new FakeReply(
        status, "application/json", headers, CompletedOrder.VIEW.codec().encode(order));
  }

  static FakeReply problem(int status, String code) {
    String body =
        Json.createObjectBuilder()
            .add("type", "about:blank")
            .add("title", code)
            .add("status", status)
            .add("code", code)
            .build()
            .toString();
    return new FakeReply(status, "application/problem+json", Map.of(), body);
  }
}
