package io.streamkeep.kernel.decider;

import io.streamkeep.kernel.store.UnreadableException;

/** Reads and writes the state of one aggregate in snapshots. */
public interface StateCodec<S> {

  /**
   * The version of the format that {@link #encode} writes; snapshots of other versions are ignored.
   */
  int schema();

  /** The state as one JSON object. */
  String encode(S state);

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws UnreadableException if it is something else; the snapshot is then ignored
   */
  S decode(String data);
}
