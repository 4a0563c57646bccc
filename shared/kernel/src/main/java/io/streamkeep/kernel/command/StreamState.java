package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecentCommands;
import io.streamkeep.kernel.store.RecordedEvent;

/**
 * A stream folded up to a commit.
 *
 * @param commit the number of the newest commit in it, 0 if there is none
 * @param recent the ids of the newest commands
 */
record StreamState<S>(S state, long commit, RecentCommands recent) {

  static <S> StreamState<S> initial(Aggregate<?, S> aggregate) {
    return new StreamState<>(aggregate.decider().initial(), 0, RecentCommands.NONE);
  }

  <E> StreamState<S> after(Aggregate<E, S> aggregate, Commit next) {
    S then = state;
    for (RecordedEvent event : next.events()) {
      then = aggregate.decider().evolve(then, aggregate.events().decode(event));
    }
    return new StreamState<>(then, next.number(), recent.with(next.command()));
  }
}
