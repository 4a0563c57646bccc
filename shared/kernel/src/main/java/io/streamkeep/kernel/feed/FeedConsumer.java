package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import java.util.List;
import java.util.Optional;

/**
 * Brings the feed to subscribers at their own pace, from its start on, such as to a view that is
 * new. What a crash leaves between the delivery and its position comes again, which a subscriber
 * drops; what is poison is parked, and the feed goes on.
 */
public final class FeedConsumer {

  private final String name;
  private final FeedReader feed;
  private final CheckpointStore positions;
  private final Dispatcher delivery;

  /**
   * Makes a consumer.
   *
   * @param name under which its positions are kept
   */
  public FeedConsumer(
      String name, FeedReader feed, CheckpointStore positions, Dispatcher delivery) {
    this.name = name;
    this.feed = feed;
    this.positions = positions;
    this.delivery = delivery;
  }

  /**
   * Brings the next commits of a partition, and remembers that. What stops the delivery is thrown,
   * and the same commits are next again.
   *
   * @param limit how many at most
   * @return how many; 0 if there are no more for now
   */
  public int next(int partition, int limit) {
    long from = positions.find(name, partition);
    List<Positioned> next = feed.read(partition, from, limit);
    if (next.isEmpty()) {
      return 0;
    }
    Optional<BatchFailure> stopped =
        delivery.deliver(
            next.stream()
                .map(one -> one.commit())
                .map(commit -> new DeliveredCommit(commit.stream(), commit.number(), commit))
                .toList());
    if (stopped.isPresent()) {
      throw stopped.get().cause();
    }
    positions.advance(name, partition, from, next.getLast().position());
    return next.size();
  }
}
