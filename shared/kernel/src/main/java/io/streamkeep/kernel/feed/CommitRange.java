package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.store.StreamId;

/**
 * Consecutive commits of a stream.
 *
 * @param after the commit before the first, 0 at the start of the stream
 * @param last greater than {@code after}
 */
public record CommitRange(StreamId stream, long after, long last) {

  public CommitRange {
    if (after < 0 || last <= after) {
      throw new IllegalArgumentException("Not a range: after " + after + ", last " + last);
    }
  }

  public long size() {
    return last - after;
  }

  /** The first commits of the range, at most {@code limit}. */
  CommitRange first(long limit) {
    return new CommitRange(stream, after, Math.min(last, after + limit));
  }
}
