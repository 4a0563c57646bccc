package io.streamkeep.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What is known of how a commit came about.
 *
 * @param correlation null if that was not kept
 */
public record Metadata(@Nullable CorrelationId correlation) {

  public static final Metadata NONE = new Metadata(null);
}
