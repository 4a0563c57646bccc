package io.streamkeep.kernel.memory;

import io.streamkeep.kernel.feed.CheckpointStore;
import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.Position;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reference implementation of the feed's stores. Thread-safe. */
public final class InMemoryFeedStore implements FeedStore, CheckpointStore {

  private final Map<Integer, List<FeedPage>> partitions = new HashMap<>();
  private final Map<StreamId, Long> cursors = new HashMap<>();
  private final Map<Consumer, Long> checkpoints = new HashMap<>();

  private record Consumer(String name, int partition) {}

  @Override
  public synchronized long newestPage(int partition) {
    return pages(partition).size();
  }

  @Override
  public synchronized AppendResult append(int partition, FeedPage page) {
    boolean taken = page.number() <= newestPage(partition);
    Map<StreamId, StoredCursor> moved = new HashMap<>();
    for (CommitRange range : page.ranges()) {
      long cursor = cursor(range.stream());
      if (cursor != range.after()) {
        moved.put(range.stream(), new Position(cursor, false));
      }
    }
    if (taken || !moved.isEmpty()) {
      return new AppendResult.Conflict(taken, moved);
    }
    partitions.computeIfAbsent(partition, p -> new ArrayList<>()).add(page);
    page.ranges().forEach(range -> cursors.put(range.stream(), range.last()));
    return new AppendResult.Appended();
  }

  @Override
  public void park(ParkedPosition position, String reason, Instant at) {
    throw new UnsupportedOperationException("Only a damaged cursor is parked");
  }

  @Override
  public boolean isParked(StreamId stream) {
    return false;
  }

  @Override
  public void unpark(StreamId stream) {}

  /** The feed's cursor in a stream. */
  public synchronized long cursor(StreamId stream) {
    return cursors.getOrDefault(stream, 0L);
  }

  @Override
  public synchronized List<FeedPage> read(int partition, long from, int limit) {
    return pages(partition).stream().filter(page -> page.number() >= from).limit(limit).toList();
  }

  private List<FeedPage> pages(int partition) {
    return partitions.getOrDefault(partition, List.of());
  }

  @Override
  public synchronized long find(String consumer, int partition) {
    return checkpoints.getOrDefault(new Consumer(consumer, partition), 0L);
  }

  @Override
  public synchronized void advance(String consumer, int partition, long from, long to) {
    if (find(consumer, partition) == from) {
      checkpoints.put(new Consumer(consumer, partition), to);
    }
  }
}
