package io.streamkeep.kernel.memory;

import io.streamkeep.kernel.feed.CheckpointStore;
import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.store.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reference: what keeps a feed and how far its consumers have come, in memory. */
public final class InMemoryFeedStore implements FeedStore, CheckpointStore {

  private final Map<Integer, List<FeedPage>> partitions = new HashMap<>();
  private final Map<StreamId, Long> cursors = new HashMap<>();
  private final Map<Consumer, Long> positions = new HashMap<>();

  private record Consumer(String name, int partition) {}

  @Override
  public synchronized long newest(int partition) {
    return pages(partition).size();
  }

  @Override
  public synchronized Appended append(int partition, FeedPage page) {
    boolean taken = page.number() <= newest(partition);
    Map<StreamId, Long> moved = new HashMap<>();
    for (CommitRange run : page.runs()) {
      long cursor = cursor(run.stream());
      if (cursor != run.after()) {
        moved.put(run.stream(), cursor);
      }
    }
    if (taken || !moved.isEmpty()) {
      return new Appended.Moved(taken, moved);
    }
    partitions.computeIfAbsent(partition, p -> new ArrayList<>()).add(page);
    page.runs().forEach(run -> cursors.put(run.stream(), run.last()));
    return new Appended.Done();
  }

  /** How far the feed has come in a stream. */
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
    return positions.getOrDefault(new Consumer(consumer, partition), 0L);
  }

  @Override
  public synchronized void advance(String consumer, int partition, long from, long to) {
    if (find(consumer, partition) == from) {
      positions.put(new Consumer(consumer, partition), to);
    }
  }
}
