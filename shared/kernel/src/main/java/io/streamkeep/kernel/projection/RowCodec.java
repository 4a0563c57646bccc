package io.streamkeep.kernel.projection;

import io.streamkeep.kernel.store.UnreadableException;

/** Reads and writes one view's rows; the API serves a row as it is stored. */
public interface RowCodec<R> {

  /** The row as one JSON object. */
  String encode(R row);

  /**
   * Reads a stored row.
   *
   * @throws UnreadableException if {@link #encode} did not write it
   */
  R decode(String data);
}
