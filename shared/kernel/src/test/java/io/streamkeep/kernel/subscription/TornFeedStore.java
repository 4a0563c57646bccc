package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A broken feed store: it appends the page first, then moves the cursors.
 *
 * @param between called between the two
 */
record TornFeedStore(
    Map<Integer, List<FeedPage>> partitions, Map<StreamId, Long> cursors, Runnable between)
    implements FeedStore {

  TornFeedStore(Runnable between) {
    this(new HashMap<>(), new HashMap<>(), between);
  }

  @Override
  public long newestPage(int partition) {
    return pages(partition).size();
  }

  @Override
  public AppendResult append(int partition, FeedPage page) {
    Map<StreamId, CursorStore.StoredCursor> moved = new HashMap<>();
    for (CommitRange range : page.ranges()) {
      long cursor = cursors.getOrDefault(range.stream(), 0L);
      if (cursor != range.after()) {
        moved.put(range.stream(), new CursorStore.Position(cursor, false));
      }
    }
    boolean taken = page.number() <= newestPage(partition);
    if (taken || !moved.isEmpty()) {
      return new AppendResult.Conflict(taken, moved);
    }
    pages(partition).add(page);
    between.run();
    page.ranges().forEach(range -> cursors.put(range.stream(), range.last()));
    return new AppendResult.Appended();
  }

  @Override
  public List<FeedPage> read(int partition, long from, int limit) {
    return pages(partition).stream().filter(page -> page.number() >= from).limit(limit).toList();
  }

  @Override
  public void park(ParkedPosition position, String reason, Instant at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isParked(StreamId stream) {
    return false;
  }

  @Override
  public void unpark(StreamId stream) {}

  private List<FeedPage> pages(int partition) {
    return partitions.computeIfAbsent(partition, p -> new ArrayList<>());
  }
}
