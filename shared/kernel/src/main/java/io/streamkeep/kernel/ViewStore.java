package io.streamkeep.kernel;

import io.streamkeep.kernel.View.Row;
import java.util.Optional;

/** Keeps the rows of views, each together with the commit that it reflects. */
public interface ViewStore {

  /** A row and its cursor: the last commit that was folded into it. */
  record Projected(Row row, long commit) {}

  /**
   * The newest row, consistently read.
   *
   * @throws UnreadableException if what is there is no row
   */
  Optional<Projected> find(String view, StreamId stream);

  /**
   * Puts a row if the cursor still is {@code expected} (0 = there is no row yet), else changes
   * nothing and returns false.
   */
  boolean put(String view, StreamId stream, long expected, Projected next);
}
