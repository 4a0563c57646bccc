package io.streamkeep.kernel.store;

/**
 * What has to be read to load a stream, in bytes as they are stored; it decides when a snapshot is
 * due.
 *
 * @param snapshot the commit that has the snapshot (0 = from the start)
 * @param commits the commits after it, each counted as at least {@value #SMALLEST}
 */
public record ReplaySize(long snapshot, long commits) {

  /** Of a stream without commits. */
  public static final ReplaySize NOTHING = new ReplaySize(0, 0);

  /**
   * A snapshot is due once more than this would have to be replayed. Whoever loads reads {@value
   * #COMMITS} commits at once, since where the snapshot is shows only then: so it is these that a
   * cold load pays for, not those since the snapshot. With events of 120 bytes that is one read
   * unit, and three if this were 8 KB; a snapshot then still fits into the write unit of its
   * commit. A write unit costs five read units: with larger events and a cold load for every third
   * command, the sum is flat between 3 and 8 KB.
   */
  public static final int THRESHOLD = 3072;

  public static final int SMALLEST = 512;

  /** The most commits that are replayed unless the snapshot is larger than the threshold. */
  public static final int COMMITS = THRESHOLD / SMALLEST;

  /** After one more commit of so many bytes. */
  public ReplaySize with(long bytes) {
    return new ReplaySize(snapshot, commits + Math.max(SMALLEST, bytes));
  }

  /** After a commit of so many bytes that has a snapshot in it. */
  public static ReplaySize snapshot(long bytes) {
    return new ReplaySize(bytes, 0);
  }

  /**
   * A snapshot is never written for less than the last one's size to replay: that bounds what it
   * costs.
   */
  public boolean due() {
    return commits >= Math.max(THRESHOLD, snapshot);
  }

  /**
   * Whether a snapshot that adds so many bytes to the next commit is worth it, as it spares at
   * least twice as many to all who load later. So the first commit has none, and few have one where
   * the state is as large as what led to it.
   */
  public boolean shouldSnapshot(long added) {
    return bytes() >= 2 * added;
  }

  /** All of it. */
  public long bytes() {
    return snapshot + commits;
  }
}
