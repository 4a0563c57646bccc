package io.streamkeep.aws.wiring;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.projection.CachingViewStore;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.subscription.PublishingSubscriber;
import io.streamkeep.kernel.subscription.Subscriber;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes the subscribers of the events table for every function that delivers to them.
 *
 * @param views the name of the views table, which also keeps the cursors of all subscribers
 */
public record SubscriberFactory(DynamoDbClient client, DynamoEventStore events, String views) {

  /** Of rows and cursors, as {@link CachingViewStore} counts them. */
  private static final long CACHE_BYTES = 16L * 1024 * 1024;

  /** Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}. */
  public static SubscriberFactory fromSettings(DynamoDbClient client) {
    return new SubscriberFactory(
        client,
        new DynamoEventStore(client, Environment.required("EVENTS_TABLE")),
        Environment.required("VIEWS_TABLE"));
  }

  /** A subscriber for each view. */
  public List<Subscriber> views(List<Projection<?, ?>> projections) {
    ViewStore rows = rows();
    return projections.stream().<Subscriber>map(one -> projector(one, rows)).toList();
  }

  private <E, R> ViewProjector<E, R> projector(Projection<E, R> projection, ViewStore rows) {
    return new ViewProjector<>(projection, rows, events);
  }

  /** All subscribers, for a function that repairs; settings as those of views and reactions. */
  public List<Subscriber> all(
      List<Projection<?, ?>> projections, SqsClient queues, InstantSource clock) {
    return Stream.concat(views(projections).stream(), reactions(queues, clock).stream()).toList();
  }

  /**
   * The feed and the outbound publisher. Settings: {@code FEED_TABLE}, {@code FEED_PARTITIONS} (a
   * number), {@code OUTBOUND_QUEUE} (URL), {@code OUTBOUND_TYPES} (of events).
   */
  public List<Subscriber> reactions(SqsClient queues, InstantSource clock) {
    Feed feed =
        new Feed(
            new DynamoFeedStore(client, Environment.required("FEED_TABLE"), views),
            events,
            Integer.parseInt(Environment.required("FEED_PARTITIONS")),
            clock,
            Sleeper.real(SecureRandom::new));
    return List.of(
        feed,
        new PublishingSubscriber<>(
            SqsPublisher.NAME, SqsPublisher.fromSettings(queues), rows(), events));
  }

  private ViewStore rows() {
    return new CachingViewStore(new DynamoViewStore(client, views), CACHE_BYTES);
  }
}
