package io.streamkeep.kernel.projection;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view and the streams from which it is folded.
 *
 * @param category the category of those streams
 * @param events reads their events
 */
public record Projection<E, R>(String category, EventCodec<E> events, View<E, R> view) {

  /** The view's stored name. */
  public String name() {
    return view.name();
  }

  /** True if the view shows a stream. */
  public boolean handles(StreamId stream) {
    return stream.category().equals(category);
  }

  /**
   * The row after one more commit as it should be stored, to compare stores with.
   *
   * @param row null before the stream's first commit
   */
  public Row apply(@Nullable Row row, Commit commit) {
    R before = row == null ? null : view.codec().decode(row.data());
    return encode(apply(before, commit));
  }

  /** The amounts that a stored row adds to totals. */
  public List<AggregateTotal> totals(Row row) {
    return view.totals(view.codec().decode(row.data()));
  }

  R apply(@Nullable R row, Commit commit) {
    @Nullable R next = row;
    for (RecordedEvent event : commit.events()) {
      next = view.apply(commit.stream().key(), next, events.decode(event));
    }
    if (next == null) {
      throw new IllegalStateException("A commit without events");
    }
    return next;
  }

  Row encode(R row) {
    return new Row(view.codec().encode(row), view.listKey(row), view.rarelyChangingFields());
  }
}
