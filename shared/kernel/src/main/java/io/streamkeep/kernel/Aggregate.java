package io.streamkeep.kernel;

import org.jspecify.annotations.Nullable;

/**
 * One kind of aggregate: how it is folded and how it is stored.
 *
 * @param states null if its streams are to go without snapshots
 */
public record Aggregate<E, S>(
    Evolution<E, S> evolution, EventCodec<E> events, @Nullable StateCodec<S> states) {

  Folded<S> initial() {
    return new Folded<>(evolution.initial(), 0, RecentCommands.NONE);
  }

  Folded<S> after(Folded<S> folded, Commit next) {
    S state = folded.state();
    for (RecordedEvent event : next.events()) {
      state = evolution.evolve(state, events.decode(event));
    }
    return new Folded<>(state, next.number(), folded.recent().with(next.command()));
  }
}
