package io.streamkeep.functions.reconciler;

import io.streamkeep.kernel.subscription.CursorStore;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedReader;
import io.streamkeep.kernel.subscription.Parking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Resends parked positions whose message has expired. SQS deletes a message 14 days after it was
 * first sent, also from the dead-letter queue. Without a new message, nothing would be retried and
 * no alarm raised.
 */
record ExpiredParking(
    ParkedReader parked, CursorStore<?> cursors, Parking redelivery, List<String> subscribers) {

  /** Since the last attempt, before which the message was sent. */
  private static final Duration EXPIRY = Duration.ofDays(15);

  /** Sends new messages, and returns their number. */
  long resend(Instant now) {
    return subscribers.stream().mapToLong(subscriber -> resend(subscriber, now)).sum();
  }

  private long resend(String subscriber, Instant now) {
    Instant expiry = now.minus(EXPIRY);
    List<Parked> expired =
        parked.parked(subscriber).stream().filter(each -> each.last().isBefore(expiry)).toList();
    redelivery.parkAll(expired.stream().map(Parked::position).toList());
    // Recording an attempt keeps the next cycle from sending again.
    expired.forEach(each -> cursors.park(each.position(), each.reason(), now));
    return expired.size();
  }
}
