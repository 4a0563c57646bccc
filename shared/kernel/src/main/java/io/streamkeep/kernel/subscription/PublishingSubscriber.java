package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes commits to other systems in the order of each stream, then advances its cursor. A crash
 * in between, or a concurrent delivery, publishes the same messages again; consumers drop them.
 *
 * @param <C> a stored cursor
 */
public final class PublishingSubscriber<C extends StoredCursor> extends CursorSubscriber<C> {

  private final Publisher publisher;
  private final CursorStore<C> cursors;

  /**
   * Publishes under a name.
   *
   * @param name the stored name of its cursors
   */
  public PublishingSubscriber(
      String name, Publisher publisher, CursorStore<C> cursors, EventStore events) {
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
    long last = 0;
    @Nullable PoisonException poison = null;
    for (Commit commit : commits) {
      try {
        publisher.publish(commit);
        last = commit.number();
      } catch (UnreadableException e) {
        poison = new PoisonException(commit.number(), commit.metadata(), e);
        break;
      }
    }
    C next = from;
    if (last > 0) {
      next = cursors.advance(name(), stream, from, last).orElseGet(() -> find(stream));
    }
    if (poison != null) {
      throw poison;
    }
    return next;
  }

  /** Published messages cannot be withdrawn; publishing continues after the stream's head. */
  @Override
  protected void rewind(StreamId stream, C from, long head) {
    if (head == 0) {
      cursors.remove(name(), stream, from);
    } else {
      Optional<C> unused = cursors.advance(name(), stream, from, head);
    }
  }
}
