package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.iam.Access;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A service's operations with the accesses that they need, and its way to refuse them. */
interface Protocol {
  /**
   * The accesses that a call needs; empty for an unknown operation.
   *
   * @param operation such as DynamoDB.PutItem
   */
  List<Access> accesses(String operation, JsonObject request);

  /** The request in the form that the emulator takes. */
  default byte[] translated(String operation, byte[] request) {
    return request;
  }

  int refusalStatus();

  Map<String, String> refusalHeaders();
}
