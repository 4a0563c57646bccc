package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;

/** A small aggregate: a sum with an upper limit. */
final class Counter
    implements Decider<Counter.Add, Counter.Added, Long>, EventCodec<Counter.Added> {

  static final long MAX = 150;

  record Add(long amount) {}

  record Added(long amount) {}

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public Decision<Added> decide(Add command, Long state) {
    if (state + command.amount() > MAX) {
      return Decision.reject(Rejection.Kind.STATE, "full", "It is full.");
    }
    return command.amount() == 0
        ? Decision.nothing()
        : Decision.accept(new Added(command.amount()));
  }

  @Override
  public Long evolve(Long state, Added event) {
    return state + event.amount();
  }

  @Override
  public RecordedEvent encode(Added event) {
    return new RecordedEvent("counter.added", 1, Long.toString(event.amount()));
  }

  @Override
  public Added decode(RecordedEvent event) {
    if (!event.type().equals("counter.added")) {
      throw new UnreadableException("Unknown event " + event.type());
    }
    return new Added(Long.parseLong(event.data()));
  }
}
