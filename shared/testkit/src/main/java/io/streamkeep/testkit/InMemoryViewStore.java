package io.streamkeep.testkit;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reference: what a view store is, in memory. */
public final class InMemoryViewStore implements ViewStore {

  private final Map<Key, Projected> rows = new HashMap<>();

  private record Key(String view, StreamId stream) {}

  private record Kept(Row row, long commit) implements Projected {}

  @Override
  public synchronized Optional<Projected> find(String view, StreamId stream) {
    return Optional.ofNullable(rows.get(new Key(view, stream)));
  }

  @Override
  public synchronized Optional<Projected> put(
      View view, StreamId stream, @Nullable Projected before, Row next, long commit) {
    long cursor = find(view.name(), stream).map(Projected::commit).orElse(0L);
    if (cursor != (before == null ? 0 : before.commit())) {
      return Optional.empty();
    }
    Kept kept = new Kept(next, commit);
    rows.put(new Key(view.name(), stream), kept);
    return Optional.of(kept);
  }
}
