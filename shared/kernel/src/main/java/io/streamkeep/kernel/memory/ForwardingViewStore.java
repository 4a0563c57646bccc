package io.streamkeep.kernel.memory;

import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Forwards to another store; the base of stores that tests observe or break. */
public class ForwardingViewStore implements ViewStore {

  private final ViewStore store;

  public ForwardingViewStore(ViewStore store) {
    this.store = store;
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
    return store.put(view, stream, before, next, commit, adds);
  }

  @Override
  public Optional<StoredRow> advance(
      String subscriber, StreamId stream, StoredCursor before, long commit) {
    return store.advance(subscriber, stream, before, commit);
  }

  @Override
  public boolean remove(
      String view, StreamId stream, StoredCursor before, List<AggregateTotal> adds) {
    return store.remove(view, stream, before, adds);
  }

  @Override
  public void park(ParkedPosition position, String reason, Instant at) {
    store.park(position, reason, at);
  }
}
