package io.streamkeep.functions.command;

import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads from a store but appends nothing: it responds as if each commit were its stream's first.
 */
final class PrimingEventStore extends ForwardingEventStore {

  PrimingEventStore(EventStore store) {
    super(store);
  }

  private record EmptyHead(StreamId stream) implements Head {

    @Override
    public ReplaySize size() {
      return ReplaySize.NOTHING;
    }
  }

  @Override
  public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
    super.load(stream, upTo, usable);
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
}
