package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store that puts without a condition: who comes late replaces the commit of who was first. */
final class OverwritingStore extends ForwardingEventStore {

  private record Key(StreamId stream, long number) {}

  private final Map<Key, Commit> replaced = new ConcurrentHashMap<>();

  OverwritingStore(EventStore store) {
    super(store);
  }

  @Override
  public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
    List<AppendedCommit> parts = new ArrayList<>();
    for (StreamAppend write : writes) {
      switch (super.append(List.of(write), List.of())) {
        case AppendResult.Appended(List<AppendedCommit> one) -> parts.addAll(one);
        case AppendResult.Conflict(List<ConcurrentCommit> moved) ->
            parts.add(replace(write.commit(), moved.getFirst()));
        case AppendResult other -> {
          return other;
        }
      }
    }
    return new AppendResult.Appended(parts);
  }

  private AppendedCommit replace(NewCommit newCommit, ConcurrentCommit moved) {
    Commit old = moved.winner();
    Commit commit =
        newCommit.after(old.stream(), old.number() - 1, old.version() - old.events().size());
    replaced.put(key(old), commit);
    return new AppendedCommit(commit, moved.head(), false);
  }

  private static Key key(Commit commit) {
    return new Key(commit.stream(), commit.number());
  }

  @Override
  public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
    History history = super.load(stream, upTo, usable);
    return new History(replaced(history.base()), replaced(history.commits()), history.head());
  }

  private @Nullable Base replaced(@Nullable Base base) {
    return base == null ? null : new Base(replaced(base.commit()), base.snapshot());
  }

  @Override
  public CommitPage read(StreamId stream, long after, int limit) {
    CommitPage slice = super.read(stream, after, limit);
    return new CommitPage(replaced(slice.commits()), slice.more());
  }

  private List<Commit> replaced(List<Commit> commits) {
    return commits.stream().map(this::replaced).toList();
  }

  private Commit replaced(Commit commit) {
    return replaced.getOrDefault(key(commit), commit);
  }
}
