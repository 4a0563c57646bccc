package io.streamkeep.kernel;

import java.util.Optional;

/**
 * The streams that this process used last, folded. An entry may be old, so it is only good for what
 * the append checks.
 */
final class WarmStreams {

  private final RecentlyUsed<StreamId, Known<?, ?>> streams;

  /**
   * Keeps what takes at most so many bytes to load, in all; a stream counts as at least {@value
   * LoadSize#SMALLEST}.
   *
   * @param maxBytes 0 keeps nothing
   */
  WarmStreams(long maxBytes) {
    this.streams = new RecentlyUsed<>(maxBytes, WarmStreams::size);
  }

  <E, S> Optional<Known<E, S>> find(Participant<E, S> participant) {
    return streams.find(participant.stream()).map(known -> known.as(participant.aggregate()));
  }

  void put(Known<?, ?> known) {
    streams.put(known.head().stream(), known.kept());
  }

  void forget(StreamId stream) {
    streams.forget(stream);
  }

  /** An empty stream has nothing to load, but an entry takes its place. */
  private static long size(Known<?, ?> known) {
    return Math.max(LoadSize.SMALLEST, known.head().size().bytes());
  }
}
