package io.streamkeep.kernel;

import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.View.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of views, each together with the commit that it reflects. */
public interface ViewStore {

  /** What a view has of a stream, as this store keeps it. */
  interface Projected {

    /**
     * The row, or null before the first.
     *
     * @throws UnreadableException if what is there is no row
     */
    @Nullable Row row();

    /**
     * The cursor: the last commit that was folded into the row, 0 before the first.
     *
     * @throws UnreadableException if what is there is none
     */
    long commit();

    /** Whether the view was parked here, and has not gone on since. */
    boolean parked();
  }

  /** That there is no row. */
  Projected NOTHING =
      new Projected() {

        @Override
        public @Nullable Row row() {
          return null;
        }

        @Override
        public long commit() {
          return 0;
        }

        @Override
        public boolean parked() {
          return false;
        }
      };

  /** The newest, consistently read. */
  Projected find(String view, StreamId stream);

  /**
   * What is there unless somebody else has changed it meanwhile, without a look; empty if there is
   * nothing to go by. It is only good for what {@link #put} checks.
   */
  default Optional<Projected> expected(String view, StreamId stream) {
    return Optional.empty();
  }

  /**
   * Puts a row over what was there and adds to totals, together, unless that has been replaced or
   * parked since; then it changes nothing that can be found and returns nothing. A view that goes
   * on so is no longer parked.
   *
   * @param before what was found, put last or expected
   * @param commit the last one that was folded into the new row
   * @param adds what the row adds to totals beyond what the one before it had added
   * @throws ThrottledException if others were in the way of the totals at every try; nothing is put
   *     then
   * @throws RowTooLargeException if this store can't take the row, of which nothing is put then
   */
  Optional<Projected> put(
      View view, StreamId stream, Projected before, Row next, long commit, List<Total> adds);

  /**
   * Remembers that a view can't go on, and why; or once more, if it was parked already. Does
   * nothing if it has gone on meanwhile.
   */
  void park(Pointer pointer, String reason, Instant at);
}
