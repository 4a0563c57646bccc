package io.streamkeep.testkit;

import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Snapshot;
import io.streamkeep.kernel.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store that puts without a condition: who comes late replaces the commit of who was first. */
final class OverwritingStore extends WrappedStore {

  private record Key(StreamId stream, long number) {}

  private final Map<Key, Commit> replaced = new ConcurrentHashMap<>();

  OverwritingStore(EventStore store) {
    super(store);
  }

  @Override
  public AppendResult append(List<Write> writes, List<Head> unchanged) {
    List<Stored> parts = new ArrayList<>();
    for (Write write : writes) {
      switch (super.append(List.of(write), List.of())) {
        case AppendResult.Appended(List<Stored> one) -> parts.addAll(one);
        case AppendResult.Conflict(List<Moved> moved) ->
            parts.add(replace(write.proposal(), moved.getFirst()));
        case AppendResult other -> {
          return other;
        }
      }
    }
    return new AppendResult.Appended(parts);
  }

  private Stored replace(Proposal proposal, Moved moved) {
    Commit old = moved.winner();
    Commit commit =
        proposal.after(old.stream(), old.number() - 1, old.version() - old.events().size());
    replaced.put(key(old), commit);
    return new Stored(commit, moved.head(), false);
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
  public Slice read(StreamId stream, long after, int limit) {
    Slice slice = super.read(stream, after, limit);
    return new Slice(replaced(slice.commits()), slice.more());
  }

  private List<Commit> replaced(List<Commit> commits) {
    return commits.stream().map(this::replaced).toList();
  }

  private Commit replaced(Commit commit) {
    return replaced.getOrDefault(key(commit), commit);
  }
}
