package io.streamkeep.kernel;

import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
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
    advance(stream, cursor -> due(stream, cursor, delivered));
  }

  @Override
  public void catchUp(StreamId stream) {
    advance(stream, cursor -> read(stream, cursor));
  }

  private void advance(StreamId stream, LongFunction<List<Commit>> source) {
    Optional<Projected> now = find(stream);
    while (true) {
      long cursor = now.map(Projected::commit).orElse(0L);
      List<Commit> due = source.apply(cursor);
      if (due.isEmpty()) {
        return;
      }
      Folding folding = fold(now.map(Projected::row).orElse(null), due);
      if (folding.row() != null && folding.taken() > 0) {
        long commit = cursor + folding.taken();
        Optional<Projected> put = rows.put(view, stream, now.orElse(null), folding.row(), commit);
        now = put.isPresent() ? put : find(stream);
        if (put.isEmpty()) {
          continue; // somebody else was faster: look again at what is still due
        }
      }
      if (folding.failure() != null) {
        Commit bad = due.get(folding.taken());
        throw new PoisonException(bad.number(), bad.metadata(), folding.failure());
      }
    }
  }

  private Optional<Projected> find(StreamId stream) {
    try {
      return rows.find(name(), stream);
    } catch (UnreadableException e) {
      throw new PoisonException(1, Metadata.NONE, e); // how far it had come can't be read either
    }
  }

  /** A duplicate is dropped, the next one taken, a gap before it filled from the event store. */
  private List<Commit> due(StreamId stream, long cursor, List<Commit> delivered) {
    List<Commit> rest = delivered.stream().filter(commit -> commit.number() > cursor).toList();
    boolean gapless = !rest.isEmpty() && rest.getLast().number() == cursor + rest.size();
    return rest.isEmpty() || gapless ? rest : read(stream, cursor);
  }

  private List<Commit> read(StreamId stream, long cursor) {
    try {
      return events.read(stream, cursor, PAGE).commits();
    } catch (UnreadableException e) {
      throw new PoisonException(cursor + 1, Metadata.NONE, e);
    }
  }

  private record Folding(@Nullable Row row, int taken, @Nullable RuntimeException failure) {}

  /** Folds as far as it goes: what a view made of the commits before a bad one is kept. */
  private Folding fold(@Nullable Row from, List<Commit> due) {
    Row row = from;
    int taken = 0;
    for (Commit commit : due) {
      try {
        row = view.apply(row, commit);
      } catch (RuntimeException e) {
        // Applying is pure: whatever it throws, it will throw again. That is what parking is for.
        return new Folding(row, taken, e);
      }
      taken++;
    }
    return new Folding(row, taken, null);
  }
}
