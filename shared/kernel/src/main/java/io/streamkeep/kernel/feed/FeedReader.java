package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.feed.FeedPage.Entry;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the feed: positions, with the commits at them. */
public final class FeedReader {

  /** Growth of the number of pages per request, since pages hold between 1 and 99 commits. */
  private static final int GROWTH = 4;

  private final FeedStore feed;
  private final EventStore events;

  public FeedReader(FeedStore feed, EventStore events) {
    this.feed = feed;
    this.events = events;
  }

  /** A commit at its position. */
  public record Positioned(long position, Commit commit) {}

  /**
   * The commits after a position of a partition (0 = from the start), in order; at most {@code
   * limit}, none at the end.
   *
   * @throws UnreadableException if a commit can't be read
   */
  public List<Positioned> read(int partition, long after, int limit) {
    List<Entry> entries = entries(partition, after, limit);
    Map<CommitId, Commit> commits = new HashMap<>();
    for (Commit commit : events.commits(entries.stream().map(Entry::commit).toList())) {
      commits.put(new CommitId(commit.stream(), commit.number()), commit);
    }
    return entries.stream().map(entry -> positioned(entry, commits)).toList();
  }

  private List<Entry> entries(int partition, long after, int limit) {
    List<Entry> entries = new ArrayList<>();
    long from = FeedPage.of(after);
    int pageLimit = 1;
    List<FeedPage> pages;
    do {
      pages = feed.read(partition, from, pageLimit);
      pages.stream()
          .flatMap(page -> page.entries().stream())
          .filter(entry -> entry.position() > after)
          .limit(limit - entries.size())
          .forEach(entries::add);
      if (!pages.isEmpty()) {
        from = pages.getLast().number() + 1;
      }
      pageLimit *= GROWTH;
    } while (!pages.isEmpty() && entries.size() < limit);
    return entries;
  }

  private static Positioned positioned(Entry entry, Map<CommitId, Commit> commits) {
    Commit commit = commits.get(entry.commit());
    if (commit == null) {
      throw new UnreadableException("A commit of the feed is not in the event store");
    }
    return new Positioned(entry.position(), commit);
  }
}
