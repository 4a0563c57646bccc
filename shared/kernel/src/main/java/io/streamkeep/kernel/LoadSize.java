package io.streamkeep.kernel;

/**
 * What has to be read to load a stream, in bytes as they are stored; it decides when a snapshot is
 * due.
 *
 * @param snapshot the commit that has the snapshot (0 = from the start)
 * @param commits the commits after it, each counted as at least {@value #SMALLEST}
 */
public record LoadSize(long snapshot, long commits) {

  /** Of a stream without commits. */
  public static final LoadSize NOTHING = new LoadSize(0, 0);

  /**
   * A snapshot is due once more than this would have to be replayed. A write unit costs five read
   * units and has a quarter of the bytes: with a cold load for every third command, the sum is
   * least between 4 and 16 KB, and flat there.
   */
  public static final int THRESHOLD = 8192;

  private static final int SMALLEST = 512;

  /** The most commits that are replayed unless the snapshot is larger than the threshold. */
  public static final int COMMITS = THRESHOLD / SMALLEST;

  /** After one more commit of so many bytes. */
  public LoadSize with(long bytes) {
    return new LoadSize(snapshot, commits + Math.max(SMALLEST, bytes));
  }

  /** After a commit of so many bytes that has a snapshot in it. */
  public static LoadSize snapshot(long bytes) {
    return new LoadSize(bytes, 0);
  }

  /**
   * A snapshot is never written for less than its own size to replay: that bounds what it costs.
   */
  public boolean due() {
    return commits >= Math.max(THRESHOLD, snapshot);
  }

  /** All of it. */
  public long bytes() {
    return snapshot + commits;
  }
}
