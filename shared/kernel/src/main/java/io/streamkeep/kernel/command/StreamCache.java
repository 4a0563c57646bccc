package io.streamkeep.kernel.command;

import io.streamkeep.kernel.internal.LruCache;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.StreamId;
import java.util.Optional;

/**
 * The folded states of the streams that this process used last. An entry may be stale, so use it
 * only where an append checks it. Thread-safe.
 */
final class StreamCache {

  private final LruCache<StreamId, LoadedStream<?, ?>> streams;

  /**
   * Starts empty.
   *
   * @param maxBytes the maximum size of all streams, as stored; a stream counts as at least {@value
   *     ReplaySize#SMALLEST}. 0 caches nothing.
   */
  StreamCache(long maxBytes) {
    this.streams = new LruCache<>(maxBytes, StreamCache::size);
  }

  Optional<LoadedStream<?, ?>> find(StreamRef<?, ?> ref) {
    return streams.find(ref.stream());
  }

  void put(LoadedStream<?, ?> stream) {
    streams.put(stream.head().stream(), stream.compact());
  }

  /** An empty stream has no bytes to read, but its entry takes space. */
  private static long size(LoadedStream<?, ?> stream) {
    return Math.max(ReplaySize.SMALLEST, stream.head().size().bytes());
  }
}
