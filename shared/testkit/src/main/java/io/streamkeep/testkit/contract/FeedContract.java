package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.CheckpointStore;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.FeedConsumer;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of the feed on every store. A store's test extends this and supplies the stores. */
public abstract class FeedContract {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T20:00:00Z"));
  private static final CountedView VIEW = new CountedView("unused");
  private static final int PARTITIONS = 3;
  private static final int FEEDERS = 4;

  /** Keeps this test's partitions and streams apart from what other tests left in the store. */
  private final String run = UUID.randomUUID().toString();

  private final int offset = new Random().nextInt(1_000_000) * PARTITIONS;
  private final EventStore events = new InMemoryEventStore();

  protected abstract FeedStore store();

  protected abstract CheckpointStore checkpoints();

  /** The store's partitions from {@code offset} on. */
  private record Shifted(FeedStore store, CheckpointStore checkpoints, int offset)
      implements FeedStore, CheckpointStore {

    @Override
    public long newestPage(int partition) {
      return store.newestPage(offset + partition);
    }

    @Override
    public FeedStore.AppendResult append(int partition, FeedPage page) {
      return store.append(offset + partition, page);
    }

    @Override
    public List<FeedPage> read(int partition, long from, int limit) {
      return store.read(offset + partition, from, limit);
    }

    @Override
    public void park(ParkedPosition position, String reason, Instant at) {
      store.park(position, reason, at);
    }

    @Override
    public boolean isParked(StreamId stream) {
      return store.isParked(stream);
    }

    @Override
    public void unpark(StreamId stream) {
      store.unpark(stream);
    }

    @Override
    public long find(String consumer, int partition) {
      return checkpoints.find(consumer, offset + partition);
    }

    @Override
    public void advance(String consumer, int partition, long from, long to) {
      checkpoints.advance(consumer, offset + partition, from, to);
    }
  }

  private Shifted shifted() {
    return new Shifted(store(), checkpoints(), offset);
  }

  /** A feed as in a new process. */
  private Feed feed() {
    return new Feed(shifted(), events, PARTITIONS, CLOCK, Sleeper.real(Random::new));
  }

  private FeedReader reader() {
    return new FeedReader(shifted(), events);
  }

  private StreamId stream(String key) {
    return new StreamId(CountedView.CATEGORY, key + "-" + run);
  }

  private Commit append(StreamId stream) {
    return CountedView.append(events, stream, "");
  }

  private List<Commit> append(StreamId stream, int commits) {
    return IntStream.range(0, commits).mapToObj(i -> append(stream)).toList();
  }

  private List<Positioned> all(int partition) {
    return reader().read(partition, 0, Integer.MAX_VALUE);
  }

  private List<Long> numbers(StreamId stream) {
    return all(Feed.partition(stream, PARTITIONS)).stream()
        .map(Positioned::commit)
        .filter(commit -> commit.stream().equals(stream))
        .map(Commit::number)
        .toList();
  }

  @Test
  void commitIsAppendedOnce_whenItIsDeliveredRepeatedly() {
    StreamId stream = stream("a");
    Commit first = append(stream);
    Commit second = append(stream);
    Feed feed = feed();

    feed.deliver(stream, List.of(first));
    feed.deliver(stream, List.of(first, second));
    feed().deliver(stream, List.of(second));
    feed().deliver(stream, List.of(first));

    assertThat(numbers(stream)).containsExactly(1L, 2L);
  }

  @Test
  void gapIsAppendedBeforeTheDeliveredCommit() {
    StreamId stream = stream("a");
    append(stream, 3);
    feed().deliver(stream, List.of(append(stream)));

    assertThat(numbers(stream)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void unreadableCommitsAreAppended() {
    StreamId stream = stream("a");
    append(stream, 3);

    feed().deliver(stream, List.of());
    append(stream, 2);
    feed().catchUp(stream);
    feed().catchUp(stream);

    assertThat(numbers(stream)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  /** A stream longer than a page, and more streams than fit into one append. */
  @Test
  void largeBatchIsAppendedCompletely() {
    SequencedMap<StreamId, List<Commit>> batch = new LinkedHashMap<>();
    StreamId longest = stream("long");
    batch.put(longest, append(longest, 250));
    for (int i = 0; i < 400; i++) {
      StreamId stream = stream("short-" + i);
      batch.put(stream, append(stream, 1));
    }

    assertThat(feed().deliver(batch)).isEmpty();

    assertThat(numbers(longest)).hasSize(250).isSorted();
    assertThat(IntStream.range(0, PARTITIONS).map(p -> all(p).size()).sum()).isEqualTo(650);
  }

  @Test
  void positionsAscendAndReadingContinuesAfterAnyOfThem() {
    Feed feed = feed();
    int partition = Feed.partition(stream("a"), PARTITIONS);
    for (int i = 0; i < 20; i++) {
      StreamId stream = stream(i == 0 ? "a" : "more-" + i);
      feed.deliver(stream, append(stream, 1 + i % 7));
    }

    List<Positioned> all = all(partition);

    assertThat(all).extracting(Positioned::position).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < all.size(); i++) {
      List<Positioned> rest = all.subList(i + 1, Math.min(all.size(), i + 4));
      assertThat(reader().read(partition, all.get(i).position(), 3)).isEqualTo(rest);
    }
  }

  /** Seeded: each feeder delivers all commits in its own order and batches. */
  @Test
  void commitHasOnePosition_whenFeedersRace() throws Exception {
    List<Commit> commits =
        IntStream.range(0, 12)
            .mapToObj(i -> append(stream("s" + i), 10))
            .flatMap(List::stream)
            .toList();
    CyclicBarrier start = new CyclicBarrier(FEEDERS);
    List<Callable<Void>> feeders =
        IntStream.range(0, FEEDERS)
            .mapToObj(
                seed ->
                    (Callable<Void>)
                        () -> {
                          start.await(30, TimeUnit.SECONDS);
                          deliver(commits, new Random(seed));
                          return null;
                        })
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(FEEDERS)) {
      for (Future<Void> feeder : threads.invokeAll(feeders)) {
        feeder.get();
      }
    }

    for (int i = 0; i < 12; i++) {
      assertThat(numbers(stream("s" + i))).hasSize(10).isSorted().doesNotHaveDuplicates();
    }
  }

  private void deliver(List<Commit> commits, Random random) {
    List<Commit> shuffled = new ArrayList<>(commits);
    Collections.shuffle(shuffled, random);
    Feed feed = feed();
    for (int from = 0; from < shuffled.size(); from += 10) {
      SequencedMap<StreamId, List<Commit>> batch = new LinkedHashMap<>();
      shuffled.subList(from, from + 10).stream()
          .sorted((a, b) -> Long.compare(a.number(), b.number()))
          .forEach(
              commit -> batch.computeIfAbsent(commit.stream(), s -> new ArrayList<>()).add(commit));
      for (Map.Entry<StreamId, RuntimeException> failed = first(feed.deliver(batch));
          failed != null;
          failed = first(feed.deliver(batch))) {
        // A failed batch is delivered again.
      }
    }
  }

  private static Map.@Nullable Entry<StreamId, RuntimeException> first(
      Map<StreamId, RuntimeException> failures) {
    return failures.entrySet().stream().findFirst().orElse(null);
  }

  /** A new view is filled from the start of the feed, then continues at its checkpoint. */
  @Test
  void consumerContinuesAtItsCheckpoint() {
    StreamId stream = stream("a");
    int partition = Feed.partition(stream, PARTITIONS);
    feed().deliver(stream, append(stream, 5));
    InMemoryViewStore rows = new InMemoryViewStore();

    assertThat(consumer(rows).next(partition, 3)).isEqualTo(3);
    assertThat(consumer(rows).next(partition, 3)).isEqualTo(2);
    assertThat(consumer(rows).next(partition, 3)).isZero();
    feed().deliver(stream, append(stream, 1));
    assertThat(consumer(rows).next(partition, 3)).isEqualTo(1);

    assertThat(rows.find("counted", stream).commit()).isEqualTo(6);
    shifted().advance("counted", partition, 0, 1); // a late process
    assertThat(consumer(rows).next(partition, 3)).isZero();
  }

  private FeedConsumer consumer(InMemoryViewStore rows) {
    return new FeedConsumer(
        "counted",
        reader(),
        shifted(),
        new Dispatcher(
            List.of(new ViewProjector<>(VIEW.projection(), rows, events)),
            position -> {},
            CLOCK,
            parked -> {}));
  }
}
