package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commits of all streams, as an event store goes through them. */
@FunctionalInterface
public interface CommitScanner {

  /**
   * A commit that was come across.
   *
   * @param time when its command was decided, or null if that can't be read
   * @param place where it is
   */
  record Found(StreamId stream, long number, @Nullable Instant time, String place) {}

  /**
   * A part of all.
   *
   * @param commits those of a stream one after the other, oldest first; a part may cut a stream
   * @param foreign how many items there were that are no stream's
   * @param next the place after which it goes on, or null at the end
   */
  record Page(List<Found> commits, int foreign, @Nullable String next) {}

  /** What comes after a place (null: all), in an order that stays; it may be a moment old. */
  Page after(@Nullable String place);
}
