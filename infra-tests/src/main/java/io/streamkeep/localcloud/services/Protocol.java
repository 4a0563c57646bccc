package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.iam.Access;


import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** What a service's calls do, and how it refuses one. */
interface Protocol {
  /**
   * All that the caller has to be allowed; empty if the operation is not known.
   *
   * @param operation such as DynamoDB.PutItem
   */
  List<Access> accesses(String operation, JsonObject request);

  /** The request as the service here understands it. */
  default byte[] translated(String operation, byte[] request) {
    return request;
  }

  int refusalStatus();

  Map<String, String> refusalHeaders();
}
