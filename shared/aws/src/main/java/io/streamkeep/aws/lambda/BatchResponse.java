package io.streamkeep.aws.lambda;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;

/** What a function answers to a batch: which of its items are to be delivered again. */
public final class BatchResponse {

  private BatchResponse() {}

  /**
   * Of a stream, the lowest sequence number is the checkpoint: all from there on comes again. Of a
   * queue, each message id named comes again.
   */
  public static JsonObject failed(List<String> identifiers) {
    JsonArrayBuilder failures = Json.array();
    identifiers.forEach(id -> failures.add(Json.object().add("itemIdentifier", id)));
    return Json.object().add("batchItemFailures", failures).build();
  }
}
