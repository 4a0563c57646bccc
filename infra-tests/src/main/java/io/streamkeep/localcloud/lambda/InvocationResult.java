package io.streamkeep.localcloud.lambda;

/**
 * The result of an invocation.
 *
 * @param payload the function's response, or AWS's error JSON
 * @param failed true for an error (X-Amz-Function-Error: Unhandled)
 */
public record InvocationResult(String requestId, String payload, boolean failed) {}
