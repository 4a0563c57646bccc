package io.streamkeep.functions.reconciler;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.kernel.subscription.Parked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is parked and no queue knows of any more: a message lasts for 14 days from when it was first
 * sent, in the dead-letter queue too, and then nobody would try again, nor would an alarm tell.
 */
record ExpiredParking(DynamoViewStore rows, SqsParking redelivery, List<String> subscribers) {

  /** Since the last try, which is not before the message was sent. */
  private static final Duration NO_MESSAGE_LEFT = Duration.ofDays(15);

  /** Gives it another go; returns how many pointers were sent. */
  long sendAgain(Instant now) {
    return subscribers.stream().mapToLong(subscriber -> sendAgain(subscriber, now)).sum();
  }

  private long sendAgain(String subscriber, Instant now) {
    Instant since = now.minus(NO_MESSAGE_LEFT);
    List<Parked> old = rows.parked(subscriber).filter(one -> one.last().isBefore(since)).toList();
    redelivery.park(old.stream().map(Parked::pointer).toList());
    old.forEach(one -> rows.park(one.pointer(), one.reason(), now)); // not again in the next cycle
    return old.size();
  }
}
