package io.streamkeep.domain.operations;

import org.jspecify.annotations.Nullable;

/**
 * The events of a redrive. Stored format: see {@link RedriveEventCodec} before changing a record.
 */
public sealed interface RedriveEvent {

  /**
   * An operator requested it.
   *
   * @param subscriber null for any
   * @param stream null for any
   */
  record Requested(@Nullable String subscriber, @Nullable String stream) implements RedriveEvent {}

  /**
   * Every selected position was sent to the redelivery queue.
   *
   * @param pointers the number of positions sent
   */
  record Completed(long pointers) implements RedriveEvent {}
}
