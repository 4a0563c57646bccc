package io.streamkeep.kernel;

/** A stream folded: its state, the number of the newest commit in it (0 = none), its commands. */
record Folded<S>(S state, long commit, RecentCommands recent) {

  static <S> Folded<S> initial(Decider<?, ?, S> decider) {
    return new Folded<>(decider.initial(), 0, RecentCommands.NONE);
  }

  <E> Folded<S> after(Commit next, Decider<?, E, S> decider, EventCodec<E> codec) {
    S evolved = state;
    for (RecordedEvent event : next.events()) {
      evolved = decider.evolve(evolved, codec.decode(event));
    }
    return new Folded<>(evolved, next.number(), recent.with(next));
  }
}
