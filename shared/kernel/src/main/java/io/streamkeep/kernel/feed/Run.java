package io.streamkeep.kernel.feed;

import io.streamkeep.kernel.StreamId;

/**
 * Commits of a stream that follow each other.
 *
 * @param after the one before the first of them, 0 for the stream's start
 * @param last greater than {@code after}
 */
public record Run(StreamId stream, long after, long last) {

  public Run {
    if (after < 0 || last <= after) {
      throw new IllegalArgumentException("No commits: after " + after + ", last " + last);
    }
  }

  /** How many they are. */
  public long size() {
    return last - after;
  }

  /** At most {@code most} of them, the first ones. */
  Run first(long most) {
    return new Run(stream, after, Math.min(last, after + most));
  }
}
