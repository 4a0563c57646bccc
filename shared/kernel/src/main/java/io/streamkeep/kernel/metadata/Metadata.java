package io.streamkeep.kernel.metadata;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a commit. Each component is null if it was not recorded.
 *
 * @param trace the distributed trace that the commit is part of
 */
public record Metadata(
    @Nullable Actor actor,
    @Nullable CorrelationId correlation,
    @Nullable CausationId causation,
    @Nullable TraceContext trace,
    @Nullable TenantId tenant) {

  public static final Metadata NONE = new Metadata(null, null, null, null, null);
}
