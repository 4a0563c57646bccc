package io.streamkeep.functions.command;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads from a store but appends nothing: it responds as if each commit were its stream's first.
 */
final class PrimingEventStore implements EventStore {

  private final EventStore store;

  PrimingEventStore(EventStore store) {
    this.store = store;
  }

  private record EmptyHead(StreamId stream) implements Head {
    @Override
    public ReplaySize size() {
      return ReplaySize.NOTHING;
    }
  }

  @Override
  public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
    store.load(stream, upTo, usable);
    return new History(null, List.of(), new EmptyHead(stream));
  }

  @Override
  public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
    return new AppendResult.Appended(writes.stream().map(PrimingEventStore::stored).toList());
  }

  private static AppendedCommit stored(StreamAppend write) {
    Commit commit = write.commit().after(write.head().stream(), 0, 0);
    return new AppendedCommit(commit, write.head(), false);
  }

  @Override
  public long headNumber(StreamId stream) {
    return store.headNumber(stream);
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
