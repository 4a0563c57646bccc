package io.streamkeep.kernel;

import java.time.Instant;
import java.util.List;

/**
 * Takes in the commits of streams, each once and in order, whatever the delivery makes of them. It
 * keeps a cursor for each stream, written together with its effect.
 */
public interface Subscriber {

  /** Its stored name, such as {@code customer-orders}. */
  String name();

  /** Whether it takes in streams of this category. */
  boolean wants(StreamId stream);

  /**
   * Takes in what was delivered of a stream: drops what it has, fills what is missing before it.
   * Where it is parked it does nothing: what catches up takes that in too.
   *
   * @param delivered commits of the stream, ascending; none if they could not be read, so that all
   *     is to be filled
   * @throws PoisonException if a commit can't be taken in; all before it have been
   */
  void deliver(StreamId stream, List<Commit> delivered);

  /**
   * Takes in all of a stream up to its head.
   *
   * @throws PoisonException if a commit can't be taken in; all before it have been
   */
  void catchUp(StreamId stream);

  /** Remembers that it can't go on in a stream until it has caught up there. */
  void park(Parking.Pointer pointer, String reason, Instant at);
}
