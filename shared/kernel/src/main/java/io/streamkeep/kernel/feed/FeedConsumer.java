package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import java.util.List;
import java.util.Optional;

/**
 * Delivers the feed to subscribers at their own pace, from its start, for example to a new view.
 * After a crash between delivery and checkpoint the same commits are delivered again, and
 * subscribers drop them. Poison is parked, and the feed continues.
 */
public final class FeedConsumer {

  private final String name;
  private final FeedReader feed;
  private final CheckpointStore checkpoints;
  private final Dispatcher dispatcher;

  /**
   * Reads under a name.
   *
   * @param name the stored name of its checkpoints
   */
  public FeedConsumer(
      String name, FeedReader feed, CheckpointStore checkpoints, Dispatcher dispatcher) {
    this.name = name;
    this.feed = feed;
    this.checkpoints = checkpoints;
    this.dispatcher = dispatcher;
  }

  /**
   * Delivers the next commits of a partition and moves the checkpoint. If the batch fails, its
   * cause is thrown, and the next call delivers the same commits.
   *
   * @param limit the maximum number of commits
   * @return how many; 0 at the end of the partition
   */
  public int next(int partition, int limit) {
    long from = checkpoints.find(name, partition);
    List<Positioned> next = feed.read(partition, from, limit);
    if (next.isEmpty()) {
      return 0;
    }
    Optional<BatchFailure> failure =
        dispatcher.deliver(
            next.stream()
                .map(Positioned::commit)
                .map(commit -> new DeliveredCommit(commit.stream(), commit.number(), commit))
                .toList());
    if (failure.isPresent()) {
      throw failure.get().cause();
    }
    checkpoints.advance(name, partition, from, next.getLast().position());
    return next.size();
  }
}
