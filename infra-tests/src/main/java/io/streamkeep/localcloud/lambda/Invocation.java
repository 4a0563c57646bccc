package io.streamkeep.localcloud.lambda;

import jakarta.json.Json;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way to an environment, and its result.
 *
 * @param clockJump the time by which the environment's clock is ahead
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

  /** Fails with an error of the environment rather than of the code, worded as AWS does. */
  void fail(String type, String message) {
    String full = "RequestId: " + requestId + " Error: " + message;
    fail(
        Json.createObjectBuilder()
            .add("errorType", type)
            .add("errorMessage", full)
            .build()
            .toString());
  }
}
