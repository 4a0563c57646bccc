package io.streamkeep.localcloud.lambda;

import jakarta.json.Json;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way to an environment, and what comes of it.
 *
 * @param clockJump how much the environment's clock is fast meanwhile
 */
record Invocation(
    String requestId,
    String trace,
    String event,
    Duration clockJump,
    CompletableFuture<InvocationResult> result) {

  static Invocation of(String event, String trace, Duration clockJump) {
    return new Invocation(
        UUID.randomUUID().toString(), trace, event, clockJump, new CompletableFuture<>());
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
