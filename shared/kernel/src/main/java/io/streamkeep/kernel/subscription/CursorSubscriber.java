package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A subscriber that keeps a cursor for each stream. It drops commits that it has already applied,
 * applies the next ones, and fills gaps from the event store.
 *
 * @param <C> what is stored of a stream: its cursor, and perhaps more
 */
public abstract class CursorSubscriber<C extends StoredCursor> implements Subscriber {

  private static final int PAGE = 100;

  /** The number of writes in a row after which the cursor was where it had been. */
  private static final int MAX_LOST = 10;

  private final String name;
  private final CursorStore<C> cursors;
  private final EventStore events;

  /**
   * Subscribes under a name.
   *
   * @param name the stored name of its cursors
   * @param events supplies missing commits
   */
  protected CursorSubscriber(String name, CursorStore<C> cursors, EventStore events) {
    this.name = name;
    this.cursors = cursors;
    this.events = events;
  }

  @Override
  public final String name() {
    return name;
  }

  protected final C find(StreamId stream) {
    return cursors.find(name, stream);
  }

  /** The data as this process last saw it; use it only where a write checks it. */
  protected Optional<C> cached(StreamId stream) {
    return cursors.cached(name, stream);
  }

  /**
   * Applies commits, or the first few of them.
   *
   * @param from the stored data, whose cursor is right before the commits
   * @param commits at least one
   * @return what is stored afterwards; another process may have written it
   * @throws PoisonException if a commit can't be applied; all commits before it have been
   */
  protected abstract C apply(StreamId stream, C from, List<Commit> commits);

  @Override
  public final void deliver(StreamId stream, List<Commit> delivered) {
    if (!tryCachedCursor(stream, delivered)) {
      advance(stream, from -> from.parked() ? List.of() : due(stream, cursor(from), delivered));
    }
  }

  /**
   * Applies the delivered commits on the cached cursor, if they continue it. Duplicates, gaps and
   * poison are never decided on cached data.
   */
  private boolean tryCachedCursor(StreamId stream, List<Commit> delivered) {
    Optional<C> cached = cached(stream);
    if (cached.isEmpty()) {
      return false;
    }
    C from = cached.get();
    try {
      List<Commit> next = following(cursor(from), delivered);
      return !next.isEmpty() && cursor(apply(stream, from, next)) == next.getLast().number();
    } catch (PoisonException e) {
      return false;
    }
  }

  /**
   * Reads once more after its last write: a commit may have been left to this subscriber while it
   * was still parked.
   */
  @Override
  public final void catchUp(StreamId stream) {
    advance(stream, from -> stored(stream, cursor(from)));
  }

  @Override
  public final boolean rewind(StreamId stream) {
    C from = find(stream);
    long head = events.headNumber(stream);
    if (cursor(from) <= head) {
      return false;
    }
    rewind(stream, from, head);
    catchUp(stream);
    return true;
  }

  /**
   * Undoes what is stored for a stream whose cursor is ahead.
   *
   * @param head the number of the stream's newest commit, 0 if it has none
   * @throws PoisonException if that is not possible
   */
  protected abstract void rewind(StreamId stream, C from, long head);

  @Override
  public final void park(ParkedPosition position, String reason, Instant at) {
    cursors.park(position, reason, at);
  }

  /** Other processes may win, which moves the cursor too; where nothing moves it, it is damaged. */
  private void advance(StreamId stream, Function<C, List<Commit>> due) {
    C from = find(stream);
    List<Commit> commits = due.apply(from);
    int lost = 0;
    while (!commits.isEmpty()) {
      C next = apply(stream, from, commits);
      lost = cursor(next) == cursor(from) ? lost + 1 : 0;
      if (lost == MAX_LOST) {
        throw poison(cursor(next), "A cursor that can't be moved");
      }
      from = next;
      commits = due.apply(from);
    }
  }

  private static long cursor(StoredCursor from) {
    try {
      return from.commit();
    } catch (UnreadableException e) {
      throw new PoisonException(1, Metadata.NONE, e);
    }
  }

  /** Duplicates are dropped, the next commits are applied, a gap is filled from the event store. */
  private List<Commit> due(StreamId stream, long cursor, List<Commit> delivered) {
    if (!delivered.isEmpty() && delivered.getLast().number() <= cursor) {
      if (delivered.getLast().number() < cursor) {
        requireNotAhead(stream, cursor);
      }
      return List.of();
    }
    List<Commit> next = following(cursor, delivered);
    return next.isEmpty() ? stored(stream, cursor) : next;
  }

  /** A cursor ahead of its stream would take new commits for duplicates. */
  private void requireNotAhead(StreamId stream, long cursor) {
    if (cursor > events.headNumber(stream)) {
      throw poison(cursor, "A cursor ahead of its stream");
    }
  }

  private static PoisonException poison(long cursor, String reason) {
    return new PoisonException(cursor + 1, Metadata.NONE, new UnreadableException(reason));
  }

  /** The commits after the cursor, if there is no gap before them. */
  private static List<Commit> following(long cursor, List<Commit> delivered) {
    List<Commit> rest = delivered.stream().filter(commit -> commit.number() > cursor).toList();
    boolean gapless = !rest.isEmpty() && rest.getLast().number() == cursor + rest.size();
    return gapless ? rest : List.of();
  }

  /** The next commits in the event store; none at the head. */
  private List<Commit> stored(StreamId stream, long cursor) {
    try {
      List<Commit> commits = events.read(stream, cursor, PAGE).commits();
      if (commits.isEmpty() && cursor > 0) {
        requireNotAhead(stream, cursor);
      }
      return commits;
    } catch (UnreadableException e) {
      throw new PoisonException(cursor + 1, Metadata.NONE, e);
    }
  }
}
