package io.streamkeep.testkit;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.ViewStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The reference: what a view store is, in memory. */
public final class InMemoryViewStore implements ViewStore {

  private final Map<Key, Projected> rows = new HashMap<>();

  private record Key(String view, StreamId stream) {}

  @Override
  public synchronized Optional<Projected> find(String view, StreamId stream) {
    return Optional.ofNullable(rows.get(new Key(view, stream)));
  }

  @Override
  public synchronized boolean put(String view, StreamId stream, long expected, Projected next) {
    long cursor = find(view, stream).map(Projected::commit).orElse(0L);
    if (cursor != expected) {
      return false;
    }
    rows.put(new Key(view, stream), next);
    return true;
  }
}
