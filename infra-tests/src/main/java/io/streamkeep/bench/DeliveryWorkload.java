package io.streamkeep.bench;

import static io.streamkeep.bench.SampleAggregate.ENDLESS;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.Subscriber;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Commits to deliver and their subscribers: the aggregate's views or, if it has none, the feed.
 *
 * @param code in reports
 * @param oneStream whether all commits of a batch are of one stream
 */
record DeliveryWorkload(String code, SampleAggregate aggregate, boolean oneStream) {

  private static final int FEED_PARTITIONS = 4; // as in the template

  /**
   * All workloads.
   *
   * @param suffix of the categories of their streams
   */
  static List<DeliveryWorkload> all(String suffix) {
    List<DeliveryWorkload> all = new ArrayList<>();
    all.add(bench("D1", "new-streams" + suffix, 1, 1));
    all.add(bench("D2", "existing-streams" + suffix, ENDLESS, 1));
    all.add(
        new DeliveryWorkload(
            "D3", SampleAggregate.bench("busy-stream" + suffix, ENDLESS, 1), true));
    all.add(bench("D2 x2", "two-views" + suffix, ENDLESS, 2));
    all.add(bench("D2 x4", "four-views" + suffix, ENDLESS, 4));
    all.add(bench("D2 x8", "eight-views" + suffix, ENDLESS, 8));
    SampleAggregate.all().forEach(each -> all.add(of(each)));
    all.add(bench("feed", "feed" + suffix, ENDLESS, 0));
    return all;
  }

  static DeliveryWorkload of(SampleAggregate aggregate) {
    return new DeliveryWorkload(aggregate.name(), aggregate, false);
  }

  static DeliveryWorkload bench(String code, String category, int commits, int views) {
    return new DeliveryWorkload(code, SampleAggregate.bench(category, commits, views), false);
  }

  /** Subscribers like those of the projection function or the reaction function. */
  private List<Subscriber> subscribers(DynamoDbClient client) {
    DynamoEventStore events = new DynamoEventStore(client, Tables.EVENTS);
    if (!aggregate.views().isEmpty()) {
      return new SubscriberFactory(events, new DynamoViewStore(client, Tables.VIEWS))
          .views(aggregate.views());
    }
    return List.of(
        new Feed(
            new DynamoFeedStore(client, Tables.FEED, Tables.VIEWS),
            events,
            FEED_PARTITIONS,
            InstantSource.system(),
            Sleeper.real(SecureRandom::new)));
  }

  /** Delivers a batch to the subscribers, which must apply all of it. */
  Consumer<List<Commit>> delivery(DynamoDbClient client) {
    Dispatcher delivery =
        new Dispatcher(
            subscribers(client),
            pointer -> {
              throw new IllegalStateException("Expected nothing to be parked: " + pointer);
            },
            InstantSource.system(),
            notice -> {});
    return batch ->
        delivery
            .deliver(
                batch.stream().map(c -> new DeliveredCommit(c.stream(), c.number(), c)).toList())
            .ifPresent(
                stopped -> {
                  throw new IllegalStateException(stopped.cause());
                });
  }

  /** The rows or cursors that the subscribers keep of each stream. */
  List<Expected> expected() {
    return aggregate.views().isEmpty()
        ? List.of(new Expected(Feed.NAME, null))
        : aggregate.views().stream().map(Expected::of).toList();
  }
}
