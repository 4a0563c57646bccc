package io.streamkeep.kernel.projection;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorSubscriber;
import io.streamkeep.kernel.subscription.PoisonException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link View} up to date: folds commits into its row, and writes the row, the cursor and
 * the additions to totals in one conditional write. Concurrent, duplicated and reordered deliveries
 * all result in the same row and the same totals.
 */
public final class ViewProjector<E, R> extends CursorSubscriber<StoredRow> {

  private final Projection<E, R> projection;
  private final ViewStore rows;

  /**
   * Projects into a store.
   *
   * @param rows holds rows and cursors
   * @param events supplies missing commits
   */
  public ViewProjector(Projection<E, R> projection, ViewStore rows, EventStore events) {
    super(projection.name(), rows, events);
    this.projection = projection;
    this.rows = rows;
  }

  @Override
  public boolean handles(StreamId stream) {
    return projection.handles(stream);
  }

  /** Its totals may be throttled while other views are not. */
  @Override
  public boolean isParkedWhenThrottled() {
    return true;
  }

  @Override
  protected StoredRow apply(StreamId stream, StoredRow from, List<Commit> commits) {
    Change change = fold(from, commits);
    StoredRow next = from;
    if (change.row() != null) {
      long commit = commits.get(change.applied() - 1).number();
      Optional<StoredRow> put;
      try {
        put = rows.put(name(), stream, from, change.row(), commit, change.adds());
      } catch (RowTooLargeException | UnreadableException e) {
        if (change.applied() == 1) {
          throw poison(commits.getFirst(), e);
        }
        return apply(stream, from, commits.subList(0, 1)); // one by one, as far as the row fits
      }
      if (put.isEmpty()) {
        return find(stream); // another process was faster
      }
      next = put.get();
    }
    if (change.failure() != null) {
      throw poison(commits.get(change.applied()), change.failure());
    }
    return next;
  }

  /** Deletes the row, which then no longer counts in totals. */
  @Override
  protected void rewind(StreamId stream, StoredRow from, long head) {
    View<E, R> view = projection.view();
    List<AggregateTotal> counted;
    try {
      String data = from.data();
      counted = data == null ? List.of() : view.totals(view.codec().decode(data));
    } catch (RuntimeException e) {
      throw new PoisonException(from.commit() + 1, Metadata.NONE, e);
    }
    rows.remove(name(), stream, from, AggregateTotal.difference(counted, List.of()));
  }

  private static PoisonException poison(Commit commit, RuntimeException cause) {
    return new PoisonException(commit.number(), commit.metadata(), cause);
  }

  /**
   * The result of folding some commits into a row.
   *
   * @param row null if no commit could be applied
   * @param applied the number of commits applied
   * @param failure why the next one could not be applied, or null
   */
  private record Change(
      @Nullable Row row,
      List<AggregateTotal> adds,
      int applied,
      @Nullable RuntimeException failure) {}

  /**
   * Folds as far as possible, so that the commits before a bad one are applied. Decoding, applying
   * and encoding are pure: they would throw again, so any exception is poison.
   */
  private Change fold(StoredRow from, List<Commit> commits) {
    View<E, R> view = projection.view();
    @Nullable R row = null;
    List<AggregateTotal> adds = List.of();
    int applied = 0;
    @Nullable RuntimeException failure = null;
    try {
      String data = from.data();
      row = data == null ? null : view.codec().decode(data);
      List<AggregateTotal> before = row == null ? List.of() : view.totals(row);
      for (Commit commit : commits) {
        R next = projection.apply(row, commit);
        adds = AggregateTotal.difference(before, view.totals(next));
        row = next;
        applied++;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    if (row == null || applied == 0) {
      return new Change(null, List.of(), 0, failure);
    }
    try {
      return new Change(projection.encode(row), adds, applied, failure);
    } catch (RuntimeException e) {
      // Fold one by one, up to the last commit whose row can be encoded.
      return applied == 1 ? new Change(null, List.of(), 0, e) : fold(from, commits.subList(0, 1));
    }
  }
}
