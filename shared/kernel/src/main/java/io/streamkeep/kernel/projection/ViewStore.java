package io.streamkeep.kernel.projection;

import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores the rows of views, each together with its cursor. */
public interface ViewStore extends CursorStore<ViewStore.StoredRow> {

  /**
   * A row to store.
   *
   * @param data one JSON object
   * @param listKey the position in a list, or null if it is not listed
   * @param rarelyChanging see {@link View#rarelyChangingFields}
   */
  record Row(String data, @Nullable ListKey listKey, Set<String> rarelyChanging) {
    public Row {
      rarelyChanging = Set.copyOf(rarelyChanging);
    }
  }

  /** A row and its cursor, as this store holds them. */
  interface StoredRow extends StoredCursor {

    /**
     * The row's JSON object, or null before the first commit.
     *
     * @throws UnreadableException if what is stored is no row
     */
    @Nullable String data();
  }

  /** A missing row. */
  StoredRow MISSING =
      new StoredRow() {

        @Override
        public @Nullable String data() {
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

  /**
   * Replaces a row and adds to totals, atomically, unless the row was replaced or parked since
   * {@code before} was read; then it changes nothing that can be read and returns nothing. A view
   * whose row is replaced is no longer parked.
   *
   * @param before the row as it was found, last put, or cached
   * @param commit the last commit that was folded into the new row
   * @param adds the difference between the amounts that the new and the old row add to totals
   * @throws ThrottledException if concurrent writers of the totals won every attempt; nothing is
   *     written then
   * @throws UnreadableException if nothing can be added to a total, because what is stored is no
   *     total; nothing is written then
   * @throws RowTooLargeException if the store can't take the row; nothing is written then
   */
  Optional<StoredRow> put(
      String view,
      StreamId stream,
      StoredRow before,
      Row next,
      long commit,
      List<AggregateTotal> adds);

  /**
   * Deletes a row with its cursor and adds to totals, atomically, unless the row was replaced or
   * parked since {@code before} was read; then it changes nothing and returns false.
   *
   * @param adds the amounts that no longer count, negated
   */
  boolean remove(String view, StreamId stream, StoredCursor before, List<AggregateTotal> adds);

  @Override
  default boolean remove(String subscriber, StreamId stream, StoredCursor before) {
    return remove(subscriber, stream, before, List.of());
  }
}
