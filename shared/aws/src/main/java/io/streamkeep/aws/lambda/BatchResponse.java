package io.streamkeep.aws.lambda;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;

/** A function's response to a batch: the items that are to be delivered again. */
public final class BatchResponse {

  private BatchResponse() {}

  /**
   * Reports failures. In a stream, everything from the lowest sequence number on is delivered
   * again; in a queue, the messages with these ids are.
   */
  public static JsonObject failed(List<String> identifiers) {
    JsonArrayBuilder failures = Json.array();
    identifiers.forEach(id -> failures.add(Json.object().add("itemIdentifier", id)));
    return Json.object().add("batchItemFailures", failures).build();
  }
}
