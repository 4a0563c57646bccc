package io.streamkeep.kernel.command;

import io.streamkeep.kernel.internal.LruCache;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.StreamId;
import java.util.Optional;

/**
 * The streams that this process used last, folded. An entry may be old, so it is only good for what
 * the append checks.
 */
final class StreamCache {

  private final LruCache<StreamId, LoadedStream<?, ?>> streams;

  /**
   * Keeps what takes at most so many bytes to load, in all; a stream counts as at least {@value
   * ReplaySize#SMALLEST}.
   *
   * @param maxBytes 0 keeps nothing
   */
  StreamCache(long maxBytes) {
    this.streams = new LruCache<>(maxBytes, StreamCache::size);
  }

  <E, S> Optional<LoadedStream<E, S>> find(StreamRef<E, S> participant) {
    return streams.find(participant.stream()).map(known -> known.as(participant.aggregate()));
  }

  void put(LoadedStream<?, ?> known) {
    streams.put(known.head().stream(), known.kept());
  }

  void forget(StreamId stream) {
    streams.forget(stream);
  }

  /** An empty stream has nothing to load, but an entry takes its place. */
  private static long size(LoadedStream<?, ?> known) {
    return Math.max(ReplaySize.SMALLEST, known.head().size().bytes());
  }
}
