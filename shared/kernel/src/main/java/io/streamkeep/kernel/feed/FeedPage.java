package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.store.EventStore.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What was appended to a partition at once.
 *
 * @param number 1, 2, 3 … without gaps
 * @param time when it was appended
 * @param runs of different streams, at most {@value #COMMITS} commits in all
 */
public record FeedPage(long number, Instant time, List<CommitRange> runs) {

  /** Positions of a page; the first of them is that of its first commit. */
  public static final long POSITIONS = 100;

  /** One less than an append of several items can have, since the page itself is one. */
  public static final int COMMITS = 99;

  public FeedPage {
    runs = List.copyOf(runs);
  }

  /** A commit's place in a partition. */
  public record Entry(long position, CommitId commit) {}

  /** The page in which a position is, or would be. */
  public static long of(long position) {
    return position / POSITIONS;
  }

  /** Its commits, in the order of their positions. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (CommitRange run : runs) {
      for (long commit = run.after() + 1; commit <= run.last(); commit++) {
        long position = number * POSITIONS + entries.size();
        entries.add(new Entry(position, new CommitId(run.stream(), commit)));
      }
    }
    return entries;
  }

  /** As many commits as a page has room for, the first ones of each stream. */
  static List<CommitRange> fill(Collection<CommitRange> due) {
    List<CommitRange> page = new ArrayList<>();
    long room = COMMITS;
    for (CommitRange run : due) {
      if (room == 0) {
        break;
      }
      page.add(run.first(room));
      room -= page.getLast().size();
    }
    return page;
  }
}
