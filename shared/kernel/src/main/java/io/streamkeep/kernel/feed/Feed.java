package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedStore.Appended.Collided;
import io.streamkeep.kernel.feed.FeedStore.Appended.Done;
import io.streamkeep.kernel.feed.FeedStore.Appended.Moved;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Appends to the feed what is delivered: whatever comes twice, late or at the same time elsewhere,
 * each commit gets one position, after those before it in its stream. A page and the cursors of the
 * streams in it are one append, so that there is never one without the other. It is never parked,
 * since it does not look into commits.
 *
 * <p>It reads nothing in health: that a delivery goes on where the last one ended, and that nobody
 * else has appended to the partition, is taken for granted, and the append tells if it is not so.
 */
public final class Feed implements Subscriber {

  public static final String NAME = "feed";

  private static final int TRIES = 20;
  private static final long LONGEST_WAIT = 20_000_000; // ns, grows with each try

  private final FeedStore store;
  private final EventStore events;
  private final int partitions;
  private final InstantSource clock;
  private final Sleeper pause;
  private final Map<Integer, Long> newest = new HashMap<>();

  /**
   * Makes a feed.
   *
   * @param partitions how many; a stream's is another if that changes
   */
  public Feed(
      FeedStore store, EventStore events, int partitions, InstantSource clock, Sleeper pause) {
    this.store = store;
    this.events = events;
    this.partitions = partitions;
    this.clock = clock;
    this.pause = pause;
  }

  /** In which of so many partitions a stream is: 0, 1, 2 … */
  public static int partition(StreamId stream, int partitions) {
    return Math.floorMod(stream.toString().hashCode(), partitions);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean handles(StreamId stream) {
    return true;
  }

  @Override
  public void deliver(StreamId stream, List<Commit> delivered) {
    append(Map.of(stream, delivered));
  }

  /** A partition's streams at once: what hinders one hinders all. */
  @Override
  public Map<StreamId, RuntimeException> deliver(SequencedMap<StreamId, List<Commit>> batch) {
    if (batch.isEmpty()) {
      return Map.of();
    }
    try {
      append(batch);
      return Map.of();
    } catch (RuntimeException e) {
      return Map.of(batch.firstEntry().getKey(), e);
    }
  }

  @Override
  public void catchUp(StreamId stream) {
    append(Map.of(stream, List.of()));
  }

  @Override
  public void park(ParkedPosition pointer, String reason, Instant at) {
    throw new UnsupportedOperationException("Nothing is poison to the feed");
  }

  private void append(Map<StreamId, List<Commit>> batch) {
    Map<Integer, SequencedMap<StreamId, CommitRange>> due = new TreeMap<>();
    batch.forEach(
        (stream, delivered) -> {
          long last =
              delivered.isEmpty() ? events.headNumber(stream) : delivered.getLast().number();
          long after = delivered.isEmpty() ? last - 1 : delivered.getFirst().number() - 1;
          if (last > 0) {
            due.computeIfAbsent(partition(stream, partitions), p -> new LinkedHashMap<>())
                .put(stream, new CommitRange(stream, after, last));
          }
        });
    due.forEach(this::append);
  }

  private void append(int partition, SequencedMap<StreamId, CommitRange> due) {
    int lost = 0;
    while (!due.isEmpty()) {
      long number = newest.computeIfAbsent(partition, store::newest) + 1;
      FeedPage page = new FeedPage(number, clock.instant(), FeedPage.fill(due.values()));
      switch (store.append(partition, page)) {
        case Done done -> {
          newest.put(partition, number);
          page.runs().forEach(run -> advance(due, run.stream(), run.last()));
          lost = 0;
        }
        case Moved(boolean taken, Map<StreamId, Long> cursors) -> {
          cursors.forEach((stream, cursor) -> advance(due, stream, cursor));
          if (taken) {
            newest.remove(partition);
            standBack(++lost);
          }
        }
        case Collided collided -> standBack(++lost);
      }
    }
  }

  /** What is due after the feed has come so far: nothing, or more than was believed. */
  private static void advance(Map<StreamId, CommitRange> due, StreamId stream, long cursor) {
    due.computeIfPresent(
        stream, (s, run) -> run.last() > cursor ? new CommitRange(s, cursor, run.last()) : null);
  }

  private void standBack(int lost) {
    if (lost == TRIES) {
      throw new ThrottledException(null);
    }
    pause.sleep((long) (pause.random() * lost * LONGEST_WAIT / TRIES));
  }
}
