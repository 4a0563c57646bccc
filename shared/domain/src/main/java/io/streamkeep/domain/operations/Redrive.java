package io.streamkeep.domain.operations;

import io.streamkeep.kernel.store.StreamId;

import org.jspecify.annotations.Nullable;

/** Another go for what is parked, as an operator asked for it. */
public sealed interface Redrive {

  String CATEGORY = "redrive";

  /** Nobody has asked. */
  record None() implements Redrive {}

  /** It may have been done in part. */
  record Requested(Selection selection) implements Redrive {}

  /**
   * It was done.
   *
   * @param pointers how many were sent
   */
  record Completed(Selection selection, long pointers) implements Redrive {}

  /**
   * What of all that is parked.
   *
   * @param subscriber null for any
   * @param stream null for any
   */
  record Selection(@Nullable String subscriber, @Nullable StreamId stream) {

    public boolean has(String otherSubscriber, StreamId otherStream) {
      return (subscriber == null || subscriber.equals(otherSubscriber))
          && (stream == null || stream.equals(otherStream));
    }
  }
}
