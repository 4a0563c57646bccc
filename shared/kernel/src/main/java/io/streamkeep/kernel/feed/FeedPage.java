package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.store.EventStore.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The commits that one append added to a partition.
 *
 * @param number 1, 2, 3 … without gaps
 * @param time when it was appended
 * @param ranges of different streams, at most {@value #COMMITS} commits in all
 */
public record FeedPage(long number, Instant time, List<CommitRange> ranges) {

  /** Positions of a page; its first commit has the first of them. */
  public static final long POSITIONS = 100;

  /** One less than the items of a transaction, since the page is an item, too. */
  public static final int COMMITS = 99;

  public FeedPage {
    ranges = List.copyOf(ranges);
  }

  /** A commit's position in a partition. */
  public record Entry(long position, CommitId commit) {}

  /** The number of the page that holds a position. */
  public static long of(long position) {
    return position / POSITIONS;
  }

  /** Its commits, in the order of their positions. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (CommitRange range : ranges) {
      for (long commit = range.after() + 1; commit <= range.last(); commit++) {
        long position = number * POSITIONS + entries.size();
        entries.add(new Entry(position, new CommitId(range.stream(), commit)));
      }
    }
    return entries;
  }

  /** The first commits of these ranges, as many as fit on a page. */
  static List<CommitRange> fill(Collection<CommitRange> pending) {
    List<CommitRange> page = new ArrayList<>();
    long room = COMMITS;
    for (CommitRange range : pending) {
      if (room == 0) {
        break;
      }
      page.add(range.first(room));
      room -= page.getLast().size();
    }
    return page;
  }
}
