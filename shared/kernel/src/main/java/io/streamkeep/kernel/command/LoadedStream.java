package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.Base;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.History;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream folded up to a head, with the newest commits before it, among which a repeated command
 * finds its own.
 *
 * @param base the state before {@code commits}
 * @param baseCommit the newest commit in {@code base}, or null if there is none
 * @param state the state at {@code head}
 * @param current true if {@code head} was the end of the stream at some time during this command
 */
record LoadedStream<E, S>(
    StreamState<E, S> base,
    @Nullable Commit baseCommit,
    List<Commit> commits,
    StreamState<E, S> state,
    Head head,
    boolean current) {

  static <E, S> LoadedStream<E, S> load(EventStore store, StreamRef<E, S> ref, long upTo) {
    SnapshotReader<E, S> snapshots = new SnapshotReader<>(ref.aggregate());
    History history = store.load(ref.stream(), upTo, snapshots);
    StreamState<E, S> base = snapshots.state(history.base());
    return new LoadedStream<>(
        base,
        history.base() == null ? null : history.base().commit(),
        history.commits(),
        base.apply(history.commits()),
        history.head(),
        true);
  }

  /** This stream after one more commit, which need not be its last. */
  LoadedStream<E, S> apply(Commit next, Head nextHead) {
    List<Commit> more = Stream.concat(commits.stream(), Stream.of(next)).toList();
    return new LoadedStream<>(base, baseCommit, more, state.apply(next), nextHead, false);
  }

  /** The parts that a later command needs. */
  LoadedStream<E, S> compact() {
    Commit newest = commits.isEmpty() ? baseCommit : commits.getLast();
    return new LoadedStream<>(state, newest, List.of(), state, head, false);
  }

  /** A commit and the state right after it; empty if the commit was not loaded. */
  Optional<PastState> at(long number) {
    if (baseCommit != null && baseCommit.number() == number) {
      return Optional.of(new PastState(baseCommit, base));
    }
    int count = (int) (number - base.commit());
    if (count < 1 || count > commits.size()) {
      return Optional.empty();
    }
    List<Commit> until = commits.subList(0, count);
    return Optional.of(new PastState(until.getLast(), base.apply(until)));
  }

  record PastState(Commit commit, StreamState<?, ?> state) {}

  /** Accepts snapshots that can be read, and keeps the state that it read. */
  private static final class SnapshotReader<E, S> implements Predicate<Snapshot> {

    private final Aggregate<E, S> aggregate;
    private @Nullable S state;

    SnapshotReader(Aggregate<E, S> aggregate) {
      this.aggregate = aggregate;
    }

    @Override
    public boolean test(Snapshot snapshot) {
      StateCodec<S> codec = aggregate.states();
      if (codec == null || codec.schema() != snapshot.schema()) {
        return false;
      }
      try {
        state = codec.decode(snapshot.state());
        return true;
      } catch (UnreadableException e) {
        return false; // the commits before it lead to the same state
      }
    }

    StreamState<E, S> state(@Nullable Base base) {
      if (base == null) {
        return StreamState.initial(aggregate);
      }
      if (state == null) {
        throw new IllegalStateException("The store used a snapshot that was not accepted");
      }
      return new StreamState<>(
          aggregate, state, base.commit().number(), base.snapshot().commands());
    }
  }
}
