package io.streamkeep.domain.operations;

import io.streamkeep.kernel.store.StreamId;
import org.jspecify.annotations.Nullable;

/** An operator's request to retry parked subscribers. */
public sealed interface Redrive {

  String CATEGORY = "redrive";

  /** No request yet. */
  record None() implements Redrive {}

  /** Requested, and perhaps carried out in part. */
  record Requested(Selection selection) implements Redrive {}

  /**
   * Carried out.
   *
   * @param pointers the number of positions sent to redelivery
   */
  record Completed(Selection selection, long pointers) implements Redrive {}

  /**
   * Selects parked subscribers.
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
