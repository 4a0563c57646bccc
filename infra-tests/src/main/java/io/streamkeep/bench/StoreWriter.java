package io.streamkeep.bench;

import io.streamkeep.bench.Shelf.Level;
import io.streamkeep.bench.Shelf.Move;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The event store, with all that a command goes through. */
record StoreWriter(Commander commander) implements Writer {

  private static final Set<AttemptEvent> LOST =
      EnumSet.of(AttemptEvent.CONFLICT, AttemptEvent.TRANSACTION_CONFLICT, AttemptEvent.THROTTLED);

  @Override
  public Effort write(StreamId stream, int number, Move move) {
    CommandId id = Commander.id(stream, number);
    AtomicInteger lost = new AtomicInteger();
    for (int givenUp = 0; ; givenUp++) {
      Outcome<Level> outcome =
          commander.handle(
              stream,
              id,
              move,
              incident -> {
                if (LOST.contains(incident)) {
                  lost.incrementAndGet();
                }
              });
      switch (outcome) {
        case Outcome.Completed<Level> done -> {
          return new Effort(lost.get() + 1, givenUp);
        }
        case Outcome.RetriesExhausted<Level> contended -> {} // as its client would: once more
        default -> throw new IllegalStateException("Not what was to be measured: " + outcome);
      }
    }
  }
}
