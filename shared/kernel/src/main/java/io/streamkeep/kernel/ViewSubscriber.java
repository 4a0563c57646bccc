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
 * write. Several at once, in any order and with duplicates, end in the same row.
 */
public final class ViewSubscriber implements Subscriber {

  private static final int PAGE = 100;

  private final View view;
  private final ViewStore rows;
  private final EventStore events;

  /**
   * Keeps a view up to date.
   *
   * @param rows where its rows and cursors are
   * @param events where missing commits are read
   */
  public ViewSubscriber(View view, ViewStore rows, EventStore events) {
    this.view = view;
    this.rows = rows;
    this.events = events;
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
      advance(stream, now, cursor -> due(stream, cursor, delivered));
    }
  }

  /**
   * It looks once more after what it has put: somebody may have left a commit to it who found it
   * parked.
   */
  @Override
  public void catchUp(StreamId stream) {
    advance(stream, rows.find(name(), stream), cursor -> read(stream, cursor));
  }

  @Override
  public void park(Pointer pointer, String reason, Instant at) {
    rows.park(pointer, reason, at);
  }

  private void advance(StreamId stream, Projected from, LongFunction<List<Commit>> source) {
    Projected now = from;
    int most = Integer.MAX_VALUE;
    while (true) {
      long cursor = cursor(now);
      List<Commit> due = source.apply(cursor).stream().limit(most).toList();
      if (due.isEmpty()) {
        return;
      }
      Folding folding = fold(now, due);
      if (folding.row() != null && folding.taken() > 0) {
        long commit = cursor + folding.taken();
        Optional<Projected> put;
        try {
          put = rows.put(view, stream, now, folding.row(), commit);
        } catch (RowTooLargeException e) {
          if (folding.taken() == 1) {
            throw poison(due.getFirst(), e);
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
        throw poison(due.get(folding.taken()), folding.failure());
      }
    }
  }

  private static PoisonException poison(Commit bad, RuntimeException cause) {
    return new PoisonException(bad.number(), bad.metadata(), cause);
  }

  private static long cursor(Projected now) {
    try {
      return now.commit();
    } catch (UnreadableException e) {
      throw new PoisonException(1, Metadata.NONE, e); // how far it had come can't be read
    }
  }

  /** A duplicate is dropped, the next one taken, a gap before it filled from the event store. */
  private List<Commit> due(StreamId stream, long cursor, List<Commit> delivered) {
    List<Commit> rest = delivered.stream().filter(commit -> commit.number() > cursor).toList();
    boolean gapless = !rest.isEmpty() && rest.getLast().number() == cursor + rest.size();
    boolean nothingNew = rest.isEmpty() && !delivered.isEmpty();
    return nothingNew || gapless ? rest : read(stream, cursor);
  }

  private List<Commit> read(StreamId stream, long cursor) {
    try {
      return events.read(stream, cursor, PAGE).commits();
    } catch (UnreadableException e) {
      throw new PoisonException(cursor + 1, Metadata.NONE, e);
    }
  }

  private record Folding(@Nullable Row row, int taken, @Nullable RuntimeException failure) {}

  /**
   * Folds as far as it goes: what a view made of the commits before a bad one is kept. Reading a
   * row and applying are pure: whatever they throw, they will throw again. That is what parking is
   * for.
   */
  private Folding fold(Projected from, List<Commit> due) {
    @Nullable Row row = null;
    int taken = 0;
    try {
      row = from.row();
      for (Commit commit : due) {
        row = view.apply(row, commit);
        taken++;
      }
      return new Folding(row, taken, null);
    } catch (RuntimeException e) {
      return new Folding(row, taken, e);
    }
  }
}
