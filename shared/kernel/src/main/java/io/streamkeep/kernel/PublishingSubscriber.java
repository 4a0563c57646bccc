package io.streamkeep.kernel;

import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what happens, in the order of each stream, and then moves its cursor there. A crash in
 * between, or another at the same time, publishes the same again: whoever takes it in drops that.
 *
 * @param <M> a message
 */
public final class PublishingSubscriber<M> implements Subscriber {

  private final Cursors cursors;
  private final Publisher<M> publisher;
  private final ViewStore rows;
  private final Due due;

  /**
   * Makes a subscriber.
   *
   * @param name its stored name
   * @param rows where its cursors are, among those of the views
   */
  public PublishingSubscriber(
      String name, Publisher<M> publisher, ViewStore rows, EventStore events) {
    this.cursors = new Cursors(name);
    this.publisher = publisher;
    this.rows = rows;
    this.due = new Due(events);
  }

  /** Of which only the cursor is of interest. */
  private record Cursors(String name) implements View {

    private static final Row ROW = new Row("{}", null);

    @Override
    public String category() {
      throw new UnsupportedOperationException("It is of all categories");
    }

    @Override
    public Row apply(@Nullable Row row, Commit commit) {
      return ROW;
    }
  }

  @Override
  public String name() {
    return cursors.name();
  }

  @Override
  public boolean wants(StreamId stream) {
    return true;
  }

  @Override
  public void deliver(StreamId stream, List<Commit> delivered) {
    Projected now = rows.find(name(), stream);
    if (!now.parked()) {
      advance(stream, now, cursor -> due.delivered(stream, cursor, delivered));
    }
  }

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
    while (true) {
      long cursor = Due.cursor(now);
      List<Commit> commits = source.apply(cursor);
      if (commits.isEmpty()) {
        return;
      }
      List<M> messages = new ArrayList<>();
      @Nullable PoisonException poison = gather(commits, messages);
      publisher.publish(stream, messages);
      long last = poison == null ? commits.getLast().number() : poison.commit() - 1;
      if (last > cursor) {
        Optional<Projected> put = rows.put(cursors, stream, now, Cursors.ROW, last, List.of());
        now = put.orElseGet(() -> rows.find(name(), stream));
      }
      if (poison != null) {
        throw poison;
      }
    }
  }

  /** The messages of the commits up to the first of which they can't be told. */
  private @Nullable PoisonException gather(List<Commit> commits, List<M> messages) {
    for (Commit commit : commits) {
      try {
        messages.addAll(publisher.messages(commit));
      } catch (UnreadableException e) {
        return new PoisonException(commit.number(), commit.metadata(), e);
      }
    }
    return null;
  }
}
