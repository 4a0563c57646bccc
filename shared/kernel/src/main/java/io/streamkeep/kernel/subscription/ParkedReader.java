package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where subscribers are parked, and why. */
public interface ParkedReader {

  /** The subscribers that are parked in a stream, by name; read consistently. */
  List<Parked> parked(StreamId stream);

  /**
   * The streams in which a subscriber is parked, by name; eventually consistent.
   *
   * @param after the stream after which the page starts, or null for the first
   * @param limit the maximum number of results
   */
  List<Parked> parked(String subscriber, @Nullable StreamId after, int limit);

  /** All streams in which a subscriber is parked, by name; eventually consistent. */
  default List<Parked> parked(String subscriber) {
    return parked(subscriber, null, Integer.MAX_VALUE);
  }
}
