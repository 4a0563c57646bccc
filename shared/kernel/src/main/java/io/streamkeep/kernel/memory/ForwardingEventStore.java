package io.streamkeep.kernel.memory;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Forwards to another store; the base of stores that tests observe or break. */
public class ForwardingEventStore implements EventStore {

  private final EventStore store;

  public ForwardingEventStore(EventStore store) {
    this.store = store;
  }

  @Override
  public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
    return store.load(stream, upTo, usable);
  }

  @Override
  public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
    return store.append(writes, unchanged);
  }

  @Override
  public CommitPage read(StreamId stream, long after, int limit) {
    return store.read(stream, after, limit);
  }

  @Override
  public long headNumber(StreamId stream) {
    return store.headNumber(stream);
  }

  @Override
  public List<Commit> commits(Collection<CommitId> ids) {
    return store.commits(ids);
  }
}
