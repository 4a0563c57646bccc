package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.reconcile.CursorScanner.Page;
import io.streamkeep.kernel.reconcile.CursorScanner.ScannedCursor;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds cursors that are ahead of their stream or damaged, including streams that no longer change
 * or exist. It reads all cursors, and the head of each stream that has one.
 */
public final class CursorAudit {

  private final CursorScanner scanner;
  private final EventStore events;
  private final List<Subscriber> subscribers;
  private final InstantSource clock;

  public CursorAudit(
      CursorScanner scanner, EventStore events, List<Subscriber> subscribers, InstantSource clock) {
    this.scanner = scanner;
    this.events = events;
    this.subscribers = List.copyOf(subscribers);
    this.clock = clock;
  }

  /**
   * The result of a part of an audit.
   *
   * @param next where to continue, or null at the end
   * @param cursors the number of cursors read
   * @param wrong how many of them were ahead or damaged
   */
  public record Progress(@Nullable String next, int pages, int cursors, int wrong) {}

  /**
   * Continues an audit; a part that fails is repeated from {@code after}.
   *
   * @param end when to stop, after at least one page
   * @param repair called for each wrong cursor
   */
  public Progress run(
      @Nullable String after, Instant end, BiConsumer<Subscriber, ScannedCursor> repair) {
    String position = after;
    int pages = 0;
    int cursors = 0;
    int wrong = 0;
    do {
      Page page = scanner.after(position);
      Map<StreamId, Long> heads = new HashMap<>();
      for (ScannedCursor each : page.cursors()) {
        Optional<Subscriber> subscriber = subscriber(each);
        if (subscriber.isPresent() && isWrong(each, heads)) {
          repair.accept(subscriber.get(), each);
          wrong++;
        }
      }
      pages++;
      cursors += page.cursors().size();
      position = page.next();
    } while (position != null && clock.instant().isBefore(end));
    return new Progress(position, pages, cursors, wrong);
  }

  private Optional<Subscriber> subscriber(ScannedCursor cursor) {
    return subscribers.stream()
        .filter(each -> each.name().equals(cursor.subscriber()))
        .filter(each -> each.handles(cursor.stream()))
        .findFirst();
  }

  /** The head is read after the cursor, so that a commit in between does not count. */
  private boolean isWrong(ScannedCursor each, Map<StreamId, Long> heads) {
    try {
      return each.cursor().commit() > heads.computeIfAbsent(each.stream(), events::headNumber);
    } catch (UnreadableException e) {
      return true;
    }
  }
}
