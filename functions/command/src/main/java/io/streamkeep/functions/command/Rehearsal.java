package io.streamkeep.functions.command;

import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.LoadSize;
import io.streamkeep.kernel.Snapshot;
import io.streamkeep.kernel.StreamId;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Loads from a store; appends nothing, and answers as if it were the streams' first commits. */
final class Rehearsal implements EventStore {

  private final EventStore store;

  Rehearsal(EventStore store) {
    this.store = store;
  }

  private record First(StreamId stream) implements Head {
    @Override
    public LoadSize size() {
      return LoadSize.NOTHING;
    }
  }

  @Override
  public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
    store.load(stream, upTo, usable);
    return new History(null, List.of(), new First(stream));
  }

  @Override
  public AppendResult append(List<Write> writes, List<Head> unchanged) {
    return new AppendResult.Appended(writes.stream().map(Rehearsal::stored).toList());
  }

  private static Stored stored(Write write) {
    Commit commit = write.proposal().after(write.head().stream(), 0, 0);
    return new Stored(commit, write.head(), false);
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
  public Slice read(StreamId stream, long after, int limit) {
    return store.read(stream, after, limit);
  }
}
