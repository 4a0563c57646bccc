package io.streamkeep.kernel.projection;

import io.streamkeep.kernel.internal.LruCache;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A view store that caches what this process wrote last. It assumes that a stream that is not
 * cached is new; a conditional write then checks that. Thread-safe.
 */
public final class CachingViewStore implements ViewStore {

  /** Approximate overhead of an entry besides its row's data. */
  private static final long ENTRY_BYTES = 2048;

  private final ViewStore store;
  private final LruCache<Key, Entry> entries;

  /**
   * Starts with an empty cache.
   *
   * @param store holds the rows
   * @param maxBytes the maximum size of all entries
   */
  public CachingViewStore(ViewStore store, long maxBytes) {
    this.store = store;
    this.entries = new LruCache<>(maxBytes, Entry::bytes);
  }

  private record Key(String view, StreamId stream) {}

  private record Entry(StoredRow row, long bytes) {}

  @Override
  public Optional<StoredRow> cached(String view, StreamId stream) {
    return Optional.of(entries.find(new Key(view, stream)).map(Entry::row).orElse(MISSING));
  }

  @Override
  public StoredRow find(String view, StreamId stream) {
    return store.find(view, stream);
  }

  @Override
  public Optional<StoredRow> put(
      String view,
      StreamId stream,
      StoredRow before,
      Row next,
      long commit,
      List<AggregateTotal> adds) {
    return caching(
        new Key(view, stream),
        next.data().length(),
        () -> store.put(view, stream, before, next, commit, adds));
  }

  @Override
  public Optional<StoredRow> advance(
      String subscriber, StreamId stream, CursorStore.StoredCursor before, long commit) {
    return caching(
        new Key(subscriber, stream), 0, () -> store.advance(subscriber, stream, before, commit));
  }

  @Override
  public boolean remove(
      String view, StreamId stream, CursorStore.StoredCursor before, List<AggregateTotal> adds) {
    entries.forget(new Key(view, stream));
    return store.remove(view, stream, before, adds);
  }

  /** The entry is removed first, since a write that fails may still have changed the row. */
  private Optional<StoredRow> caching(Key key, long bytes, Supplier<Optional<StoredRow>> write) {
    entries.forget(key);
    Optional<StoredRow> written = write.get();
    written.ifPresent(row -> entries.put(key, new Entry(row, ENTRY_BYTES + bytes)));
    return written;
  }

  @Override
  public void park(ParkedPosition position, String reason, Instant at) {
    entries.forget(new Key(position.subscriber(), position.stream()));
    store.park(position, reason, at);
  }
}
