package io.streamkeep.functions.operations;

import io.streamkeep.aws.sqs.DeadLetterQueue;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.functions.operations.ParkedQuery.PageEnd;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.Parking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends parked positions to the redelivery queue. Redelivery is idempotent, so duplicates are
 * harmless: a repeat sends the positions again, and the dead message of a position stays until
 * everything is redriven or it expires; redelivery then finds nothing left to do.
 */
record Redriver(ParkedQuery parked, Parking redelivery, DeadLetterQueue deadLetters) {

  private static final int PAGE = 100;

  /** Returns the number of positions sent; a redrive of everything also moves all dead messages. */
  long redrive(Selection selection) {
    long sent = 0;
    @Nullable PageEnd after = null;
    List<Parked> page;
    do {
      page = parked.page(selection, after, PAGE);
      redelivery.parkAll(page.stream().map(Parked::position).toList());
      sent += page.size();
      after = page.isEmpty() ? after : PageEnd.of(page.getLast());
    } while (page.size() == PAGE);
    if (selection.subscriber() == null && selection.stream() == null) {
      deadLetters.redriveAll();
    }
    return sent;
  }
}
