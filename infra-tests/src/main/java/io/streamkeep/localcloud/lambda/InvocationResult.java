package io.streamkeep.localcloud.lambda;

/**
 * How an invocation ended.
 *
 * @param payload what the function returned, or AWS's error JSON
 * @param failed whether it is an error (X-Amz-Function-Error: Unhandled)
 */
public record InvocationResult(String requestId, String payload, boolean failed) {}
