package io.streamkeep.kernel.command;

import io.streamkeep.kernel.store.StreamId;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * How the tries of one command keep out of the way of others': when it tries, waits, and looks
 * again.
 */
interface Manners {

  /** Before anything else: whether what is warm of a stream is worth a try. */
  boolean trusts(StreamId stream);

  /** Before the first try. */
  void first(LoadedStreams known);

  /** Before each request. */
  void sent();

  /** After a try that was done. */
  void done();

  /**
   * After a try that was lost: waits if others are at work, and looks if they may have gone on.
   *
   * @param tries how many were lost by now
   */
  void lost(Loss loss, int tries, LoadedStreams known);

  /**
   * A try that was lost.
   *
   * @param behind the streams that have moved, each with one winner that is known by now
   * @param late whether there is no time left for a try
   */
  record Loss(AttemptEvent why, Set<StreamId> behind, BooleanSupplier late) {}
}
