package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes commits to other systems in the order of each stream, then advances its cursor. A crash
 * in between, or a concurrent delivery, publishes the same messages again; consumers drop them.
 *
 * @param <M> a message
 * @param <C> a stored cursor
 */
public final class PublishingSubscriber<M, C extends StoredCursor> extends CursorSubscriber<C> {

  private final Publisher<M> publisher;
  private final CursorStore<C> cursors;

  /**
   * Publishes under a name.
   *
   * @param name the stored name of its cursors
   */
  public PublishingSubscriber(
      String name, Publisher<M> publisher, CursorStore<C> cursors, EventStore events) {
    super(name, cursors, events);
    this.publisher = publisher;
    this.cursors = cursors;
  }

  @Override
  public boolean handles(StreamId stream) {
    return true;
  }

  /**
   * Publishing precedes the write that checks the cursor, so a stream that is not in the cache is
   * read first: its commits may have been published long ago.
   */
  @Override
  protected Optional<C> cached(StreamId stream) {
    return super.cached(stream).filter(cursor -> cursor.commit() > 0);
  }

  @Override
  protected C apply(StreamId stream, C from, List<Commit> commits) {
    List<M> messages = new ArrayList<>();
    @Nullable PoisonException poison = collect(commits, messages);
    publisher.publish(stream, messages);
    long last = poison == null ? commits.getLast().number() : poison.commit() - 1;
    C next = from;
    if (last >= commits.getFirst().number()) {
      next = cursors.advance(name(), stream, from, last).orElseGet(() -> find(stream));
    }
    if (poison != null) {
      throw poison;
    }
    return next;
  }

  /** Collects messages up to the first commit that has none because it can't be read. */
  private @Nullable PoisonException collect(List<Commit> commits, List<M> messages) {
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
