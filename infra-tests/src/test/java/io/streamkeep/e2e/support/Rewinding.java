package io.streamkeep.e2e.support;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonObject;

/** Has the reconciler rebuild what is ahead of the event table, as an operator does. */
public record Rewinding(Backend backend) {

  /** Goes through all cursors; returns the number of those that were ahead or damaged. */
  public int run() {
    int wrong = 0;
    String event = "{\"rewind\":true}";
    while (!event.isEmpty()) {
      JsonObject answer = Json.read(backend.invoke("ReconcilerFunction", event));
      wrong += answer.getInt("wrong");
      String next = answer.getString("next", "");
      event = next.isEmpty() ? "" : "{\"rewind\":true,\"after\":\"" + next + "\"}";
    }
    return wrong;
  }
}
