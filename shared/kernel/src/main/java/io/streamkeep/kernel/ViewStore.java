package io.streamkeep.kernel;

import io.streamkeep.kernel.View.Row;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of views, each together with the commit that it reflects. */
public interface ViewStore {

  /** A row as this store keeps it, to be handed back when it is replaced. */
  interface Projected {

    Row row();

    /** The cursor: the last commit that was folded into the row. */
    long commit();
  }

  /**
   * The newest row, consistently read.
   *
   * @throws UnreadableException if what is there is no row
   */
  Optional<Projected> find(String view, StreamId stream);

  /**
   * Puts a row over another, unless that has been replaced already; then it changes nothing that
   * can be found and returns nothing.
   *
   * @param before the row that was found or put last, or null if there was none
   * @param commit the last one that was folded into the new row
   */
  Optional<Projected> put(
      View view, StreamId stream, @Nullable Projected before, Row next, long commit);
}
