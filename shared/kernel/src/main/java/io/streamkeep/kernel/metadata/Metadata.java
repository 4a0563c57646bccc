package io.streamkeep.kernel.metadata;

import org.jspecify.annotations.Nullable;

/**
 * What is known of how a commit came about; each is null if that was not kept.
 *
 * @param actor who did it
 * @param correlation what else belongs to it
 * @param causation what it was that directly led to it
 * @param trace the distributed trace that it is part of
 * @param tenant for whom it was done
 */
public record Metadata(
    @Nullable Actor actor,
    @Nullable CorrelationId correlation,
    @Nullable CausationId causation,
    @Nullable TraceContext trace,
    @Nullable TenantId tenant) {

  public static final Metadata NONE = new Metadata(null, null, null, null, null);
}
