package io.streamkeep.kernel.decider;

import io.streamkeep.kernel.store.UnreadableException;

/** How one aggregate's state is written into snapshots and read; {@link EventCodec} for states. */
public interface StateCodec<S> {

  /**
   * The version of the format that {@link #encode} writes; another one is not read, but skipped.
   */
  int schema();

  /** The state as one JSON object. */
  String encode(S state);

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws UnreadableException if it is something else; the snapshot is then skipped
   */
  S decode(String data);
}
