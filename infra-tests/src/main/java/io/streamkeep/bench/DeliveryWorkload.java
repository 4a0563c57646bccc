package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Views;
import io.streamkeep.domain.order.Order;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.subscription.Subscriber;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is delivered, and to whom. */
enum DeliveryWorkload {
  NEW_STREAMS("D1", 1, Shape.NEW),
  GOING_ON("D2", 1, Shape.GOING_ON),
  BUSY_STREAM("D3", 1, Shape.BUSY),
  TWO_VIEWS("D2 x2", 2, Shape.GOING_ON),
  FOUR_VIEWS("D2 x4", 4, Shape.GOING_ON),
  EIGHT_VIEWS("D2 x8", 8, Shape.GOING_ON),
  ORDERS("orders", Views.all().size(), Shape.ORDERS),
  FEED("feed", 1, Shape.GOING_ON);

  /** As the template has it. */
  private static final int PARTITIONS = 4;

  /** Short, for tables. */
  final String code;

  final int subscribers;
  final Shape shape;

  DeliveryWorkload(String code, int subscribers, Shape shape) {
    this.code = code;
    this.subscribers = subscribers;
    this.shape = shape;
  }

  /** Whose commits a batch has. */
  enum Shape {
    NEW(1, 1, 0, false),
    GOING_ON(1, 10, 1, false),
    BUSY(1, Long.MAX_VALUE, 0, true),
    ORDERS(OrderStory.COMMITS, OrderStory.COMMITS, OrderStory.COMMITS - 1, false);

    /**
     * How many ages its streams have, such as 3 for some with their first commit, some with their
     * second and some with their third; 1 if all are as old.
     */
    final int ages;

    /** After how many commits a stream gives way to a new one. */
    final long lasts;

    /** How old a batch's oldest stream is while nobody times it yet. */
    final long untimed;

    /** Whether all of a batch is of one stream. */
    final boolean oneStream;

    Shape(int ages, long lasts, long untimed, boolean oneStream) {
      this.ages = ages;
      this.lasts = lasts;
      this.untimed = untimed;
      this.oneStream = oneStream;
    }
  }

  /** Of its streams; views of orders want those of orders. */
  String category(String own) {
    return this == ORDERS ? Order.CATEGORY : own;
  }

  /** The event of a stream's commit of this number. */
  RecordedEvent event(int stream, long number) {
    return this == ORDERS
        ? OrderStory.event(stream, number)
        : Shelf.decider().encode(Goods.readable(stream, 1, 120).all().getFirst());
  }

  /** As the projection function or the reaction function has them. */
  List<Subscriber> subscribers(DynamoDbClient client, String category) {
    DynamoEventStore events = new DynamoEventStore(client, Tables.EVENTS);
    return this == FEED
        ? List.of(
            new Feed(
                new DynamoFeedStore(client, Tables.FEED, Tables.VIEWS),
                events,
                PARTITIONS,
                InstantSource.system(),
                Sleeper.real(SecureRandom::new)))
        : new SubscriberFactory(client, events, Tables.VIEWS).views(views(category));
  }

  /** What they keep. */
  List<Kept> kept(String category) {
    return this == FEED
        ? List.of(new Kept(Feed.NAME, null))
        : views(category).stream().map(Kept::of).toList();
  }

  private List<View> views(String category) {
    return this == ORDERS
        ? Views.all()
        : IntStream.rangeClosed(1, subscribers)
            .<View>mapToObj(number -> new LevelView("level-" + number, category))
            .toList();
  }
}
