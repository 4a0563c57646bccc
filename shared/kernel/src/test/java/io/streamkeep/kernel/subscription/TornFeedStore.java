package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.store.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A wrong one: it appends the page first, and then moves the cursors on.
 *
 * @param between called in the moment between both
 */
record TornFeedStore(
    Map<Integer, List<FeedPage>> partitions, Map<StreamId, Long> cursors, Runnable between)
    implements FeedStore {

  TornFeedStore(Runnable between) {
    this(new HashMap<>(), new HashMap<>(), between);
  }

  @Override
  public long newest(int partition) {
    return pages(partition).size();
  }

  @Override
  public Appended append(int partition, FeedPage page) {
    Map<StreamId, Long> moved = new HashMap<>();
    for (CommitRange run : page.runs()) {
      long cursor = cursors.getOrDefault(run.stream(), 0L);
      if (cursor != run.after()) {
        moved.put(run.stream(), cursor);
      }
    }
    boolean taken = page.number() <= newest(partition);
    if (taken || !moved.isEmpty()) {
      return new Appended.Moved(taken, moved);
    }
    pages(partition).add(page);
    between.run();
    page.runs().forEach(run -> cursors.put(run.stream(), run.last()));
    return new Appended.Done();
  }

  @Override
  public List<FeedPage> read(int partition, long from, int limit) {
    return pages(partition).stream().filter(page -> page.number() >= from).limit(limit).toList();
  }

  private List<FeedPage> pages(int partition) {
    return partitions.computeIfAbsent(partition, p -> new ArrayList<>());
  }
}
