package io.streamkeep.localcloud.runtime;

import java.io.InputStream;

/**
 * An event to be handled.
 *
 * @param deadline in milliseconds since the epoch
 */
public record Invocation(String requestId, String functionArn, long deadline, InputStream event) {}
