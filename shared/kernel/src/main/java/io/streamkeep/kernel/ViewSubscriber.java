package io.streamkeep.kernel;

import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link View}: folds what is due into its row and puts row and cursor in one conditional
 * write, with what the row adds to totals. Several at once, in any order and with duplicates, end
 * in the same row and the same totals.
 */
public final class ViewSubscriber implements Subscriber {

  private final View view;
  private final ViewStore rows;
  private final Due due;

  /**
   * Keeps a view up to date.
   *
   * @param rows where its rows and cursors are
   * @param events where missing commits are read
   */
  public ViewSubscriber(View view, ViewStore rows, EventStore events) {
    this.view = view;
    this.rows = rows;
    this.due = new Due(events);
  }

  @Override
  public String name() {
    return view.name();
  }

  @Override
  public boolean wants(StreamId stream) {
    return view.category().equals(stream.category());
  }

  @Override
  public void deliver(StreamId stream, List<Commit> delivered) {
    Projected now = rows.find(name(), stream);
    if (!now.parked()) {
      advance(stream, now, cursor -> due.delivered(stream, cursor, delivered));
    }
  }

  /**
   * It looks once more after what it has put: somebody may have left a commit to it who found it
   * parked.
   */
  @Override
  public void catchUp(StreamId stream) {
    advance(stream, rows.find(name(), stream), cursor -> due.stored(stream, cursor));
  }

  @Override
  public void park(Pointer pointer, String reason, Instant at) {
    rows.park(pointer, reason, at);
  }

  private void advance(StreamId stream, Projected from, LongFunction<List<Commit>> source) {
    Projected now = from;
    int most = Integer.MAX_VALUE;
    while (true) {
      long cursor = Due.cursor(now);
      List<Commit> commits = source.apply(cursor).stream().limit(most).toList();
      if (commits.isEmpty()) {
        return;
      }
      Folding folding = fold(now, commits);
      if (folding.row() != null && folding.taken() > 0) {
        long commit = cursor + folding.taken();
        Optional<Projected> put;
        try {
          put = rows.put(view, stream, now, folding.row(), commit, folding.adds());
        } catch (RowTooLargeException e) {
          if (folding.taken() == 1) {
            throw poison(commits.getFirst(), e);
          }
          most = 1; // one by one it comes as far as it can
          continue;
        }
        now = put.orElseGet(() -> rows.find(name(), stream));
        if (put.isEmpty()) {
          continue; // somebody else was faster: look again at what is still due
        }
      }
      if (folding.failure() != null) {
        throw poison(commits.get(folding.taken()), folding.failure());
      }
    }
  }

  private static PoisonException poison(Commit bad, RuntimeException cause) {
    return new PoisonException(bad.number(), bad.metadata(), cause);
  }

  private record Folding(
      @Nullable Row row, List<Total> adds, int taken, @Nullable RuntimeException failure) {}

  /**
   * Folds as far as it goes: what a view made of the commits before a bad one is kept. Reading a
   * row, applying and counting are pure: whatever they throw, they will throw again. That is what
   * parking is for.
   */
  private Folding fold(Projected from, List<Commit> commits) {
    @Nullable Row row = null;
    List<Total> adds = List.of();
    int taken = 0;
    try {
      row = from.row();
      List<Total> before = row == null ? List.of() : view.totals(row);
      for (Commit commit : commits) {
        Row next = view.apply(row, commit);
        adds = Total.difference(before, view.totals(next));
        row = next;
        taken++;
      }
      return new Folding(row, adds, taken, null);
    } catch (RuntimeException e) {
      return new Folding(row, adds, taken, e);
    }
  }
}
