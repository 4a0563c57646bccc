package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** A store to be watched or broken. */
class ForwardingEventStore implements EventStore {

  private final EventStore store;

  ForwardingEventStore(EventStore store) {
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
  public long newest(StreamId stream) {
    return store.newest(stream);
  }

  @Override
  public List<Commit> commits(Collection<CommitId> ids) {
    return store.commits(ids);
  }

  @Override
  public CommitPage read(StreamId stream, long after, int limit) {
    return store.read(stream, after, limit);
  }
}
