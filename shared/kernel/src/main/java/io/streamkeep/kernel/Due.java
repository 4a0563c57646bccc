package io.streamkeep.kernel;

import io.streamkeep.kernel.ViewStore.Projected;
import java.util.List;

/** What of a stream is still due to a subscriber. */
final class Due {

  private static final int PAGE = 100;

  private final EventStore events;

  Due(EventStore events) {
    this.events = events;
  }

  /** How far a subscriber has come; poison if that can't be read. */
  static long cursor(Projected now) {
    try {
      return now.commit();
    } catch (UnreadableException e) {
      throw new PoisonException(1, Metadata.NONE, e);
    }
  }

  /** A duplicate is dropped, the next one taken, a gap before it filled from the event store. */
  List<Commit> delivered(StreamId stream, long cursor, List<Commit> delivered) {
    boolean nothingNew = !delivered.isEmpty() && delivered.getLast().number() <= cursor;
    List<Commit> next = following(cursor, delivered);
    return nothingNew || !next.isEmpty() ? next : stored(stream, cursor);
  }

  /** Those after the cursor, if none is missing before them. */
  static List<Commit> following(long cursor, List<Commit> delivered) {
    List<Commit> rest = delivered.stream().filter(commit -> commit.number() > cursor).toList();
    boolean gapless = !rest.isEmpty() && rest.getLast().number() == cursor + rest.size();
    return gapless ? rest : List.of();
  }

  /** The next ones in the event store; none at the head. */
  List<Commit> stored(StreamId stream, long cursor) {
    try {
      return events.read(stream, cursor, PAGE).commits();
    } catch (UnreadableException e) {
      throw new PoisonException(cursor + 1, Metadata.NONE, e);
    }
  }
}
