package io.streamkeep.aws.wiring;

import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.projection.CachingViewStore;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.subscription.Publisher;
import io.streamkeep.kernel.subscription.PublishingSubscriber;
import io.streamkeep.kernel.subscription.Subscriber;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates the subscribers of the event table for every function that delivers to them.
 *
 * @param views also keeps the cursors of all subscribers
 */
public record SubscriberFactory(EventStore events, ViewStore views) {

  /** The size of the cached rows and cursors, as {@link CachingViewStore} counts them. */
  private static final long CACHE_BYTES = 16L * 1024 * 1024;

  /** For functions that project. */
  public static SubscriberFactory of(DynamoStores stores) {
    return new SubscriberFactory(stores.events(), stores.viewsWithTotals());
  }

  /** The feed and the outbound publisher. */
  public static List<Subscriber> reactions(
      DynamoStores stores, SqsQueues queues, InstantSource clock) {
    return new SubscriberFactory(stores.events(), stores.views())
        .reactions(stores.feed(), DynamoStores.feedPartitions(), queues.publisher(), clock);
  }

  /** Every subscriber, for functions that catch subscribers up. */
  public static List<Subscriber> all(
      List<Projection<?, ?>> projections,
      DynamoStores stores,
      SqsQueues queues,
      InstantSource clock) {
    return Stream.concat(
            of(stores).views(projections).stream(), reactions(stores, queues, clock).stream())
        .toList();
  }

  /** A subscriber for each view. */
  public List<Subscriber> views(List<Projection<?, ?>> projections) {
    ViewStore cached = cachedViews();
    return projections.stream().<Subscriber>map(each -> projector(each, cached)).toList();
  }

  private <E, R> ViewProjector<E, R> projector(Projection<E, R> projection, ViewStore cached) {
    return new ViewProjector<>(projection, cached, events);
  }

  /** The feed and the outbound publisher. */
  public List<Subscriber> reactions(
      FeedStore feed, int partitions, Publisher publisher, InstantSource clock) {
    return List.of(
        new Feed(feed, events, partitions, clock, Sleeper.real(SecureRandom::new)),
        new PublishingSubscriber<>(SqsPublisher.NAME, publisher, cachedViews(), events));
  }

  private ViewStore cachedViews() {
    return new CachingViewStore(views, CACHE_BYTES);
  }
}
