package io.streamkeep.kernel;

import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.View.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A view store that expects what this process put last, or nothing where it put nothing. */
public final class WarmViewStore implements ViewStore {

  /** Of an entry beside its row's data, about. */
  private static final long ENTRY_BYTES = 2048;

  private final ViewStore store;
  private final RecentlyUsed<Key, Put> rows;

  /**
   * Remembers nothing yet.
   *
   * @param store where the rows are
   * @param maxBytes what it remembers in all
   */
  public WarmViewStore(ViewStore store, long maxBytes) {
    this.store = store;
    this.rows = new RecentlyUsed<>(maxBytes, Put::bytes);
  }

  private record Key(String view, StreamId stream) {}

  private record Put(Projected projected, long bytes) {}

  @Override
  public Optional<Projected> expected(String view, StreamId stream) {
    return Optional.of(rows.find(new Key(view, stream)).map(Put::projected).orElse(NOTHING));
  }

  @Override
  public Projected find(String view, StreamId stream) {
    return store.find(view, stream);
  }

  @Override
  public Optional<Projected> put(
      View view, StreamId stream, Projected before, Row next, long commit, List<Total> adds) {
    Key key = new Key(view.name(), stream);
    rows.forget(key); // whatever becomes of it
    Optional<Projected> put = store.put(view, stream, before, next, commit, adds);
    put.ifPresent(now -> rows.put(key, new Put(now, ENTRY_BYTES + next.data().length())));
    return put;
  }

  @Override
  public void park(Pointer pointer, String reason, Instant at) {
    rows.forget(new Key(pointer.subscriber(), pointer.stream()));
    store.park(pointer, reason, at);
  }
}
