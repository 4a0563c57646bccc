package io.streamkeep.localcloud.lambda;

import jakarta.json.Json;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event on its way to an environment, and what comes of it. */
record Invocation(
    String requestId, String trace, String event, CompletableFuture<InvocationResult> result) {

  static Invocation of(String event, String trace) {
    return new Invocation(UUID.randomUUID().toString(), trace, event, new CompletableFuture<>());
  }

  void succeed(String response) {
    result.complete(new InvocationResult(requestId, response, false));
  }

  void fail(String error) {
    result.complete(new InvocationResult(requestId, error, true));
  }

  /** An error of the environment and not of the code, worded as AWS does. */
  void fail(String type, String message) {
    fail(
        Json.createObjectBuilder()
            .add("errorType", type)
            .add("errorMessage", "RequestId: " + requestId + " Error: " + message)
            .build()
            .toString());
  }
}
