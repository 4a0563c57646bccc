package io.streamkeep.aws.dynamodb;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.kernel.Pause;
import io.streamkeep.kernel.Publisher;
import io.streamkeep.kernel.PublishingSubscriber;
import io.streamkeep.kernel.Subscriber;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.ViewSubscriber;
import io.streamkeep.kernel.feed.Feed;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What subscribes to the events table, as every function that delivers has it.
 *
 * @param views the name of the views' table, where the cursors of all are
 */
public record DynamoSubscribers(DynamoDbClient client, DynamoEventStore events, String views) {

  /** Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}. */
  public static DynamoSubscribers fromSettings() {
    DynamoDbClient client = Clients.of(DynamoDbClient.builder());
    return new DynamoSubscribers(
        client,
        new DynamoEventStore(client, Environment.required("EVENTS_TABLE")),
        Environment.required("VIEWS_TABLE"));
  }

  public List<Subscriber> views(List<View> all) {
    DynamoViewStore rows = new DynamoViewStore(client, views);
    return all.stream().<Subscriber>map(view -> new ViewSubscriber(view, rows, events)).toList();
  }

  /** One that publishes what happens in all streams. */
  public <M> Subscriber publishing(String name, Publisher<M> publisher) {
    return new PublishingSubscriber<>(name, publisher, new DynamoViewStore(client, views), events);
  }

  /** Settings: {@code FEED_TABLE}, {@code FEED_PARTITIONS} (a number). */
  public Subscriber feed(InstantSource clock) {
    return new Feed(
        new DynamoFeedStore(client, Environment.required("FEED_TABLE"), views),
        events,
        Integer.parseInt(Environment.required("FEED_PARTITIONS")),
        clock,
        Pause.real(SecureRandom::new));
  }
}
