package io.streamkeep.domain.operations;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a redrive. Stored format: see {@link RedriveEventCodec} before changing a record.
 */
public sealed interface RedriveEvent {

  /**
   * An operator asked for it.
   *
   * @param subscriber null for any
   * @param stream null for any
   */
  record Requested(@Nullable String subscriber, @Nullable String stream) implements RedriveEvent {}

  /**
   * All of it was sent to the redelivery queue.
   *
   * @param pointers how many were
   */
  record Completed(long pointers) implements RedriveEvent {}
}
