package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.store.StreamId;

/**
 * Commits of a stream that follow each other.
 *
 * @param after the one before the first of them, 0 for the stream's start
 * @param last greater than {@code after}
 */
public record CommitRange(StreamId stream, long after, long last) {

  public CommitRange {
    if (after < 0 || last <= after) {
      throw new IllegalArgumentException("No commits: after " + after + ", last " + last);
    }
  }

  /** How many they are. */
  public long size() {
    return last - after;
  }

  /** At most {@code most} of them, the first ones. */
  CommitRange first(long most) {
    return new CommitRange(stream, after, Math.min(last, after + most));
  }
}
