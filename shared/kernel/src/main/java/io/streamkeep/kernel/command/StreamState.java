package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecentCommands;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.Snapshot;
import java.util.Optional;

/**
 * A stream folded up to a commit.
 *
 * @param commit the number of the newest commit in it, 0 if there is none
 * @param recent the ids of the newest commands
 */
record StreamState<E, S>(Aggregate<E, S> aggregate, S state, long commit, RecentCommands recent) {

  static <E, S> StreamState<E, S> initial(Aggregate<E, S> aggregate) {
    return new StreamState<>(aggregate, aggregate.decider().initial(), 0, RecentCommands.NONE);
  }

  StreamState<E, S> apply(Commit next) {
    S result = state;
    for (RecordedEvent event : next.events()) {
      result = aggregate.decider().evolve(result, aggregate.events().decode(event));
    }
    return new StreamState<>(
        aggregate, result, next.number(), recent.with(next.command(), next.time()));
  }

  StreamState<E, S> apply(Iterable<Commit> commits) {
    StreamState<E, S> result = this;
    for (Commit commit : commits) {
      result = result.apply(commit);
    }
    return result;
  }

  /** The snapshot to be stored with the next commit, if the aggregate has any. */
  Optional<Snapshot> snapshotAfter(Commit next) {
    return Optional.ofNullable(aggregate.states()).map(codec -> apply(next).snapshot(codec));
  }

  private Snapshot snapshot(StateCodec<S> codec) {
    return new Snapshot(codec.schema(), codec.encode(state), recent);
  }

  /** This state with the types of a reference to its stream. */
  @SuppressWarnings("unchecked") // equal aggregates have the same types
  <F, T> StreamState<F, T> as(StreamRef<F, T> ref) {
    if (!aggregate.equals(ref.aggregate())) {
      throw new IllegalArgumentException("Another kind of aggregate: " + ref.stream());
    }
    return (StreamState<F, T>) this;
  }
}
