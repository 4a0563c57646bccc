package io.streamkeep.kernel;

import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what happens, in the order of each stream, and then moves its cursor there. A crash in
 * between, or another at the same time, publishes the same again: whoever takes it in drops that.
 *
 * @param <M> a message
 */
public final class PublishingSubscriber<M> extends CursorSubscriber {

  private final Cursors cursors;
  private final Publisher<M> publisher;

  /**
   * Makes a subscriber.
   *
   * @param name its stored name
   * @param rows where its cursors are, among those of the views
   */
  public PublishingSubscriber(
      String name, Publisher<M> publisher, ViewStore rows, EventStore events) {
    super(rows, events);
    this.cursors = new Cursors(name);
    this.publisher = publisher;
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

  /** A stream's first commits may be long published, and the put comes after the publishing. */
  @Override
  Optional<Projected> expected(StreamId stream) {
    return rows.expected(name(), stream).filter(last -> last.commit() > 0);
  }

  @Override
  Projected take(StreamId stream, Projected now, List<Commit> commits) {
    List<M> messages = new ArrayList<>();
    @Nullable PoisonException poison = gather(commits, messages);
    publisher.publish(stream, messages);
    Projected next = now;
    long last = poison == null ? commits.getLast().number() : poison.commit() - 1;
    if (last >= commits.getFirst().number()) {
      next =
          rows.put(cursors, stream, now, Cursors.ROW, last, List.of())
              .orElseGet(() -> rows.find(name(), stream));
    }
    if (poison != null) {
      throw poison;
    }
    return next;
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
