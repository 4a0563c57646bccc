package io.streamkeep.aws.dynamodb;

import io.streamkeep.aws.Environment;
import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.kernel.Pause;
import io.streamkeep.kernel.PublishingSubscriber;
import io.streamkeep.kernel.Subscriber;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.ViewStore;
import io.streamkeep.kernel.ViewSubscriber;
import io.streamkeep.kernel.WarmViewStore;
import io.streamkeep.kernel.feed.Feed;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What subscribes to the events table, as every function that delivers has it.
 *
 * @param views the name of the views' table, where the cursors of all are
 */
public record DynamoSubscribers(DynamoDbClient client, DynamoEventStore events, String views) {

  /** What is remembered of rows or cursors, as {@link WarmViewStore} counts it. */
  private static final long WARM_BYTES = 16L * 1024 * 1024;

  /** Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}. */
  public static DynamoSubscribers fromSettings(DynamoDbClient client) {
    return new DynamoSubscribers(
        client,
        new DynamoEventStore(client, Environment.required("EVENTS_TABLE")),
        Environment.required("VIEWS_TABLE"));
  }

  public List<Subscriber> views(List<View> all) {
    ViewStore rows = rows();
    return all.stream().<Subscriber>map(view -> new ViewSubscriber(view, rows, events)).toList();
  }

  /** All that there is, as who repairs has it: settings as those of views and reactions. */
  public List<Subscriber> all(List<View> all, SqsClient queues, InstantSource clock) {
    return Stream.concat(views(all).stream(), reactions(queues, clock).stream()).toList();
  }

  /**
   * The feed, and what publishes. Settings: {@code FEED_TABLE}, {@code FEED_PARTITIONS} (a number),
   * {@code OUTBOUND_QUEUE} (URL), {@code OUTBOUND_TYPES} (of events).
   */
  public List<Subscriber> reactions(SqsClient queues, InstantSource clock) {
    Feed feed =
        new Feed(
            new DynamoFeedStore(client, Environment.required("FEED_TABLE"), views),
            events,
            Integer.parseInt(Environment.required("FEED_PARTITIONS")),
            clock,
            Pause.real(SecureRandom::new));
    return List.of(
        feed,
        new PublishingSubscriber<>(
            SqsPublisher.NAME, SqsPublisher.fromSettings(queues), rows(), events));
  }

  private ViewStore rows() {
    return new WarmViewStore(new DynamoViewStore(client, views), WARM_BYTES);
  }
}
