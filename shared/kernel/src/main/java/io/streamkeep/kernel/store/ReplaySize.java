package io.streamkeep.kernel.store;

/**
 * The bytes that loading a stream reads, as they are stored. It decides when a snapshot is due.
 *
 * @param snapshot the size of the commit with the newest snapshot, 0 if there is none
 * @param commits the size of the commits after it, each counted as at least {@value #SMALLEST}
 */
public record ReplaySize(long snapshot, long commits) {

  /** The size of an empty stream. */
  public static final ReplaySize NOTHING = new ReplaySize(0, 0);

  /**
   * A snapshot is due when more bytes than this would be replayed. A load always reads {@value
   * #COMMITS} commits in its first request, since it does not know where the snapshot is; so these
   * are what an uncached load pays for. With events of 120 bytes that is one read unit, and would
   * be three at 8 KB; the snapshot still fits into the write unit of its commit. A write unit costs
   * five read units: with larger events and an uncached load for every third command, the total
   * cost is flat between 3 and 8 KB.
   */
  public static final int THRESHOLD = 3072;

  public static final int SMALLEST = 512;

  /** The most commits that are replayed, unless the snapshot is larger than the threshold. */
  public static final int COMMITS = THRESHOLD / SMALLEST;

  /** The size after one more commit. */
  public ReplaySize with(long bytes) {
    return new ReplaySize(snapshot, commits + Math.max(SMALLEST, bytes));
  }

  /** The size after a commit that contains a snapshot. */
  public static ReplaySize snapshot(long bytes) {
    return new ReplaySize(bytes, 0);
  }

  /**
   * True if a snapshot is due. The bytes to replay must reach the size of the last snapshot, which
   * bounds the cost of snapshots.
   */
  public boolean due() {
    return commits >= Math.max(THRESHOLD, snapshot);
  }

  /**
   * True if a snapshot is worth the bytes that it adds to the next commit: it must save later loads
   * at least twice as many. So a first commit has none, and few commits have one where the state is
   * as large as the events that led to it.
   */
  public boolean shouldSnapshot(long added) {
    return bytes() >= 2 * added;
  }

  public long bytes() {
    return snapshot + commits;
  }
}
