package io.streamkeep.kernel;

import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link View}: folds what is due into its row and puts row and cursor in one conditional
 * write, with what the row adds to totals. Several at once, in any order and with duplicates, end
 * in the same row and the same totals.
 */
public final class ViewSubscriber extends CursorSubscriber {

  private final View view;

  /**
   * Keeps a view up to date.
   *
   * @param rows where its rows and cursors are
   * @param events where missing commits are read
   */
  public ViewSubscriber(View view, ViewStore rows, EventStore events) {
    super(rows, events);
    this.view = view;
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
  Optional<Projected> expected(StreamId stream) {
    return rows.expected(name(), stream);
  }

  @Override
  Projected take(StreamId stream, Projected now, List<Commit> commits) {
    Folding folding = fold(now, commits);
    Projected next = now;
    if (folding.row() != null && folding.taken() > 0) {
      long commit = commits.get(folding.taken() - 1).number();
      Optional<Projected> put;
      try {
        put = rows.put(view, stream, now, folding.row(), commit, folding.adds());
      } catch (RowTooLargeException e) {
        if (folding.taken() == 1) {
          throw poison(commits.getFirst(), e);
        }
        return take(stream, now, commits.subList(0, 1)); // one by one it comes as far as it can
      }
      if (put.isEmpty()) {
        return rows.find(name(), stream); // somebody else was faster
      }
      next = put.get();
    }
    if (folding.failure() != null) {
      throw poison(commits.get(folding.taken()), folding.failure());
    }
    return next;
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
