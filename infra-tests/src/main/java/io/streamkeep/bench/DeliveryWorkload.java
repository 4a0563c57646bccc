package io.streamkeep.bench;

import io.streamkeep.api.CommandGenerator;
import io.streamkeep.api.CommandGenerator.GeneratedCommand;
import io.streamkeep.api.ExampleBodies;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.Subscriber;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Commits to deliver and their subscribers: the aggregate's views or, if it has none, the feed.
 *
 * @param code its name in reports
 * @param histories the streams to write, all of the same length: the events of each commit
 * @param growth the distribution of commits to streams
 */
record DeliveryWorkload(
    String code,
    AggregateModule<?, ?, ?> module,
    List<List<List<RecordedEvent>>> histories,
    Growth growth) {

  /** The distribution of commits to streams. */
  enum Growth {
    /** A stream that has its whole history is replaced; a batch has streams of every age. */
    NEW_STREAMS,
    /** Every batch appends one commit to each of the same streams. */
    SAME_STREAMS,
    /** Every batch appends all its commits to one stream. */
    SINGLE_STREAM
  }

  private static final int FEED_PARTITIONS = 4; // as in the template
  private static final int HISTORIES = 30;
  private static final int MOST_COMMITS = 5;

  /** All workloads, including one for each aggregate that has commands and views. */
  static List<DeliveryWorkload> all(ExampleBodies examples) {
    List<DeliveryWorkload> all = new ArrayList<>();
    all.add(bench("D1", "new-streams", Growth.NEW_STREAMS, 1));
    all.add(bench("D2", "existing-streams", Growth.SAME_STREAMS, 1));
    all.add(bench("D3", "busy-stream", Growth.SINGLE_STREAM, 1));
    all.add(bench("D2 x2", "two-views", Growth.SAME_STREAMS, 2));
    all.add(bench("D2 x4", "four-views", Growth.SAME_STREAMS, 4));
    all.add(bench("D2 x8", "eight-views", Growth.SAME_STREAMS, 8));
    Registry.aggregates().stream()
        .filter(module -> !module.commands().isEmpty() && !module.projections().isEmpty())
        .forEach(module -> all.add(of(module, examples)));
    all.add(bench("feed", "feed", Growth.SAME_STREAMS, 0));
    return all;
  }

  /** The workload of one aggregate; its streams are the same in every run. */
  static DeliveryWorkload of(AggregateModule<?, ?, ?> module, ExampleBodies examples) {
    List<List<List<RecordedEvent>>> histories =
        IntStream.range(0, HISTORIES).mapToObj(seed -> history(module, examples, seed)).toList();
    int longest = histories.stream().mapToInt(List::size).max().orElseThrow();
    return new DeliveryWorkload(
        module.category() + "s",
        module,
        histories.stream().filter(history -> history.size() == longest).toList(),
        Growth.NEW_STREAMS);
  }

  private static <C, E, S> List<List<RecordedEvent>> history(
      AggregateModule<C, E, S> module, ExampleBodies examples, int seed) {
    CommandGenerator<C, E, S> generator =
        new CommandGenerator<>(module, examples, Map.of(), new Random(seed));
    return Stream.generate(generator::next)
        .takeWhile(Optional::isPresent)
        .limit(MOST_COMMITS)
        .flatMap(Optional::stream)
        .map(GeneratedCommand::events)
        .toList();
  }

  static DeliveryWorkload bench(String code, String category, Growth growth, int views) {
    AggregateModule<List<String>, String, Long> module = BenchAggregate.module(category, views);
    String event = BenchAggregate.command(1, 1, 120).getFirst();
    return new DeliveryWorkload(
        code, module, List.of(List.of(List.of(module.aggregate().events().encode(event)))), growth);
  }

  /** The subscribers that the projection function, or the reaction function, would have. */
  private List<Subscriber> subscribers(DynamoDbClient client) {
    DynamoEventStore events = new DynamoEventStore(client, Tables.EVENTS);
    if (!module.projections().isEmpty()) {
      return new SubscriberFactory(events, new DynamoViewStore(client, Tables.VIEWS))
          .views(module.projections());
    }
    return List.of(
        new Feed(
            new DynamoFeedStore(client, Tables.FIRST_FEED, Tables.VIEWS),
            events,
            FEED_PARTITIONS,
            InstantSource.system(),
            Sleeper.real(SecureRandom::new)));
  }

  /** Delivers each batch to the subscribers in a single attempt, which must apply all of it. */
  ToIntFunction<List<Commit>> delivery(DynamoDbClient client) {
    Dispatcher dispatcher =
        new Dispatcher(
            subscribers(client),
            position -> {
              throw new IllegalStateException("Parked unexpectedly: " + position);
            },
            InstantSource.system(),
            notice -> {});
    return batch -> {
      dispatcher
          .deliver(batch.stream().map(c -> new DeliveredCommit(c.stream(), c.number(), c)).toList())
          .ifPresent(
              failure -> {
                throw new IllegalStateException(failure.cause());
              });
      return 1;
    };
  }

  /** The rows or cursors that the subscribers keep of each stream. */
  List<Expected> expected() {
    return module.projections().isEmpty()
        ? List.of(new Expected(module.category(), Feed.NAME, null))
        : module.projections().stream().map(Expected::of).toList();
  }
}
