package io.streamkeep.functions.operations;

import io.streamkeep.aws.sqs.DeadLetterQueue;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.functions.operations.ParkedQuery.PageEnd;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Parking;
import io.streamkeep.kernel.subscription.RedriveMarks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends parked positions to the redelivery queue. A position is marked before it is sent, and no
 * other redrive sends it until it has been attempted or the mark has expired. A repeat of the same
 * redrive sends its positions again, in case it was interrupted after marking them. Redelivery is
 * idempotent, so duplicates are harmless. The dead message of a position stays until everything is
 * redriven or it expires; redelivery then finds nothing left to do.
 */
record Redriver(
    ParkedQuery parked,
    RedriveMarks marks,
    Parking redelivery,
    DeadLetterQueue deadLetters,
    InstantSource clock) {

  private static final int PAGE = 100;

  /**
   * Returns the number of positions sent; a redrive of everything also moves all dead messages.
   *
   * @param redrive identifies the redrive
   * @param end when to stop sending; positions not reached stay parked and unmarked
   */
  long redrive(Selection selection, String redrive, Instant end) {
    long sent = 0;
    @Nullable PageEnd after = null;
    List<Parked> page;
    do {
      page = parked.page(selection, after, PAGE);
      List<ParkedPosition> marked = mark(page, redrive, end);
      redelivery.parkAll(marked);
      sent += marked.size();
      after = page.isEmpty() ? after : PageEnd.of(page.getLast());
    } while (page.size() == PAGE && clock.instant().isBefore(end));
    if (selection.subscriber() == null && selection.stream() == null) {
      deadLetters.redriveAll();
    }
    return sent;
  }

  private List<ParkedPosition> mark(List<Parked> page, String redrive, Instant end) {
    return page.stream()
        .map(Parked::position)
        .takeWhile(position -> clock.instant().isBefore(end))
        .filter(
            position ->
                marks.mark(position.subscriber(), position.stream(), redrive, clock.instant()))
        .toList();
  }
}
