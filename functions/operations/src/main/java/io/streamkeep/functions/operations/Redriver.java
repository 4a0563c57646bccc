package io.streamkeep.functions.operations;

import io.streamkeep.aws.sqs.DeadLetters;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.functions.operations.ParkedQuery.Position;
import io.streamkeep.kernel.subscription.Parked;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is parked to the redelivery queue, and clears what is dead of it. Done twice it sends
 * twice, which does nothing more: redelivery is idempotent.
 */
record Redriver(ParkedQuery listing, SqsParking redelivery, DeadLetters dead) {

  private static final int PAGE = 100;

  /** Returns how many pointers were sent. */
  long redrive(Selection selection) {
    Set<Position> sent = new HashSet<>();
    @Nullable Position after = null;
    List<Parked> page;
    do {
      page = listing.page(selection, after, PAGE);
      redelivery.park(page.stream().map(Parked::pointer).toList());
      page.forEach(one -> sent.add(Position.of(one)));
      after = page.isEmpty() ? after : Position.of(page.getLast());
    } while (page.size() == PAGE);
    boolean all = selection.subscriber() == null && selection.stream() == null;
    return sent.size()
        + dead.redrive(
            pointer -> selection.has(pointer.subscriber(), pointer.stream()),
            pointer -> sent.contains(Position.of(pointer)),
            all);
  }
}
