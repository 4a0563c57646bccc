package io.streamkeep.kernel;

import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.ViewStore.Projected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A subscriber whose cursors are in a store of rows, and which is parked there. */
abstract class CursorSubscriber implements Subscriber {

  final ViewStore rows;
  private final Due due;

  CursorSubscriber(ViewStore rows, EventStore events) {
    this.rows = rows;
    this.due = new Due(events);
  }

  /**
   * Takes in commits, or the first ones of them.
   *
   * @param now what is there, with the cursor right before them
   * @param commits at least one
   * @return what is there afterwards, which may be somebody else's
   * @throws PoisonException if a commit can't be taken in; all before it have been
   */
  abstract Projected take(StreamId stream, Projected now, List<Commit> commits);

  /**
   * What may be there, without a look: it is only good for what a put checks.
   *
   * @see ViewStore#expected
   */
  abstract Optional<Projected> expected(StreamId stream);

  @Override
  public final void deliver(StreamId stream, List<Commit> delivered) {
    if (!goesOn(stream, delivered)) {
      advance(
          stream,
          now -> now.parked() ? List.of() : due.delivered(stream, Due.cursor(now), delivered));
    }
  }

  /**
   * Whether what was delivered goes on from what is expected, and was taken in so. That it is
   * nothing new, that something is missing before it, or that it is poison, is not decided on that.
   */
  private boolean goesOn(StreamId stream, List<Commit> delivered) {
    Optional<Projected> expected = expected(stream);
    if (expected.isEmpty()) {
      return false;
    }
    List<Commit> next = Due.following(expected.get().commit(), delivered);
    try {
      return !next.isEmpty()
          && Due.cursor(take(stream, expected.get(), next)) >= next.getLast().number();
    } catch (PoisonException e) {
      return false;
    }
  }

  /**
   * It looks once more after what it has put: somebody may have left a commit to it who found it
   * parked.
   */
  @Override
  public final void catchUp(StreamId stream) {
    advance(stream, now -> due.stored(stream, Due.cursor(now)));
  }

  @Override
  public final void park(Pointer pointer, String reason, Instant at) {
    rows.park(pointer, reason, at);
  }

  private void advance(StreamId stream, Function<Projected, List<Commit>> due) {
    Projected now = rows.find(name(), stream);
    List<Commit> commits = due.apply(now);
    while (!commits.isEmpty()) {
      now = take(stream, now, commits);
      commits = due.apply(now);
    }
  }
}
