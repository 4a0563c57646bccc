package io.streamkeep.kernel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The streams that this process used last, folded: least recently used go first. An entry may be
 * old, so it is only good for what the append checks.
 */
final class WarmStreams {

  private final long maxBytes;
  private final Map<StreamId, Known<?, ?>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * Keeps what takes at most so many bytes to load, in all; a stream counts as at least {@value
   * LoadSize#SMALLEST}.
   *
   * @param maxBytes 0 keeps nothing
   */
  WarmStreams(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized <E, S> Optional<Known<E, S>> find(Participant<E, S> participant) {
    return Optional.ofNullable(entries.get(participant.stream()))
        .map(known -> known.as(participant.aggregate()));
  }

  synchronized void put(Known<?, ?> known) {
    forget(known.head().stream());
    entries.put(known.head().stream(), known.kept());
    bytes += size(known);
    Iterator<Known<?, ?>> oldest = entries.values().iterator();
    while (bytes > maxBytes) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
  }

  synchronized void forget(StreamId stream) {
    Known<?, ?> known = entries.remove(stream);
    if (known != null) {
      bytes -= size(known);
    }
  }

  /** An empty stream has nothing to load, but an entry takes its place. */
  private static long size(Known<?, ?> known) {
    return Math.max(LoadSize.SMALLEST, known.head().size().bytes());
  }
}
