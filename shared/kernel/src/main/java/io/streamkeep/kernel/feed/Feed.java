package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.command.Backoff;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedStore.AppendResult;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Appends delivered commits to the feed. Even if commits arrive twice, late or concurrently
 * elsewhere, each gets one position, after those before it in its stream. A page and the cursors of
 * its streams are one append, so neither exists without the other. Since the feed does not look
 * into commits, it is parked only where its cursor is damaged.
 *
 * <p>In the normal case it reads nothing: it assumes that a delivery continues where the last one
 * ended and that no other process has appended to the partition, and the append reports if that is
 * wrong.
 */
public final class Feed implements Subscriber {

  public static final String NAME = "feed";

  private static final int MAX_ATTEMPTS = 20;
  private static final Duration FIRST_BOUND = Duration.ofMillis(1);
  private static final Duration LARGEST_BOUND = Duration.ofMillis(20);

  private final FeedStore store;
  private final EventStore events;
  private final int partitions;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Map<Integer, Long> newestPages = new ConcurrentHashMap<>();

  /**
   * Appends to a store.
   *
   * @param partitions the number of partitions; changing it moves streams between partitions
   */
  public Feed(
      FeedStore store, EventStore events, int partitions, InstantSource clock, Sleeper sleeper) {
    this.store = store;
    this.events = events;
    this.partitions = partitions;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** The partition of a stream: 0, 1, 2 … */
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
    fail(append(Map.of(stream, delivered), false));
  }

  /** Appends the streams of a partition together, so a failure is reported for the whole batch. */
  @Override
  public Map<StreamId, RuntimeException> deliver(SequencedMap<StreamId, List<Commit>> batch) {
    if (batch.isEmpty()) {
      return Map.of();
    }
    try {
      return append(batch, false);
    } catch (RuntimeException e) {
      return Map.of(batch.firstEntry().getKey(), e);
    }
  }

  @Override
  public void catchUp(StreamId stream) {
    fail(append(Map.of(stream, List.of()), true));
    store.unpark(stream);
  }

  private static void fail(Map<StreamId, RuntimeException> failures) {
    failures
        .values()
        .forEach(
            failure -> {
              throw failure;
            });
  }

  @Override
  public void park(ParkedPosition position, String reason, Instant at) {
    store.park(position, reason, at);
  }

  /**
   * Appends the commits of streams, except where the feed's cursor is damaged.
   *
   * @param evenParked false to leave out the failures where the feed is parked already
   * @return the failures
   */
  private Map<StreamId, RuntimeException> append(
      Map<StreamId, List<Commit>> batch, boolean evenParked) {
    Map<Integer, SequencedMap<StreamId, CommitRange>> pending = new TreeMap<>();
    batch.forEach(
        (stream, delivered) -> {
          long last =
              delivered.isEmpty() ? events.headNumber(stream) : delivered.getLast().number();
          long after = delivered.isEmpty() ? last - 1 : delivered.getFirst().number() - 1;
          if (last > 0) {
            pending
                .computeIfAbsent(partition(stream, partitions), p -> new LinkedHashMap<>())
                .put(stream, new CommitRange(stream, after, last));
          }
        });
    Map<StreamId, RuntimeException> failures = new HashMap<>();
    pending.forEach(
        (partition, ranges) ->
            append(
                partition,
                ranges,
                (stream, poison) -> {
                  if (evenParked || !store.isParked(stream)) {
                    failures.put(stream, poison);
                  }
                }));
    return failures;
  }

  /** Is told of a stream whose commits can't be appended. */
  private interface OnDamage {
    void accept(StreamId stream, PoisonException poison);
  }

  private void append(
      int partition, SequencedMap<StreamId, CommitRange> pending, OnDamage onDamage) {
    Backoff backoff = new Backoff(sleeper, FIRST_BOUND, LARGEST_BOUND);
    int lost = 0;
    while (!pending.isEmpty()) {
      long number = newestPages.computeIfAbsent(partition, store::newestPage) + 1;
      FeedPage page = new FeedPage(number, clock.instant(), FeedPage.fill(pending.values()));
      boolean busy = false;
      switch (store.append(partition, page)) {
        case AppendResult.Appended() -> {
          newestPages.put(partition, number);
          page.ranges().forEach(range -> advance(pending, range.stream(), range.last()));
          lost = 0;
        }
        case AppendResult.Conflict(boolean taken, Map<StreamId, StoredCursor> cursors) -> {
          cursors.forEach(
              (stream, cursor) -> {
                try {
                  advance(pending, stream, position(stream, cursor, pending));
                } catch (PoisonException e) {
                  pending.remove(stream);
                  onDamage.accept(stream, e);
                }
              });
          if (taken) {
            newestPages.remove(partition);
          }
          busy = taken;
          lost++;
        }
        case AppendResult.TransactionConflict() -> {
          busy = true;
          lost++;
        }
      }
      if (lost == MAX_ATTEMPTS) {
        throw new ThrottledException(null);
      }
      if (busy) {
        backoff.await();
      }
    }
  }

  /** The feed's position in a stream; throws if the cursor is damaged or ahead of the stream. */
  private long position(StreamId stream, StoredCursor cursor, Map<StreamId, CommitRange> pending) {
    long position = 0;
    try {
      position = cursor.commit();
      CommitRange range = pending.get(stream);
      if (range != null && position > range.last() && position > events.headNumber(stream)) {
        throw new UnreadableException("A cursor ahead of its stream");
      }
      return position;
    } catch (UnreadableException e) {
      throw new PoisonException(position + 1, Metadata.NONE, e);
    }
  }

  /** Corrects the pending commits of a stream by the feed's cursor, which may be further back. */
  private static void advance(Map<StreamId, CommitRange> pending, StreamId stream, long cursor) {
    pending.computeIfPresent(
        stream,
        (id, range) -> range.last() > cursor ? new CommitRange(id, cursor, range.last()) : null);
  }
}
