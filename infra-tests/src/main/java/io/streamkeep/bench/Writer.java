package io.streamkeep.bench;

import io.streamkeep.bench.Shelf.Move;
import io.streamkeep.kernel.store.StreamId;


/** Who carries out commands, one after the other. */
interface Writer {

  Effort write(StreamId stream, int number, Move move);

  /**
   * What a command took.
   *
   * @param tries to append, at least one
   * @param givenUp how often the answer was that others were faster, and the command was sent again
   */
  record Effort(int tries, int givenUp) {}
}
