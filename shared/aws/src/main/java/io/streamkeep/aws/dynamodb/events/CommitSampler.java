package io.streamkeep.aws.dynamodb.events;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides which commits of this process are in the sample: the first, and then one every ten
 * seconds at most. So the sample has nearly all commits while there are few, and the index costs
 * little while there are many. Thread-safe.
 */
final class CommitSampler {

  static final Duration INTERVAL = Duration.ofSeconds(10);

  private @Nullable Instant last;

  /** True if a commit made at this time should be in the sample. */
  synchronized boolean due(Instant time) {
    return last == null || Duration.between(last, time).abs().compareTo(INTERVAL) >= 0;
  }

  /** Records that a commit in the sample was stored. */
  synchronized void stored(Instant time) {
    last = time;
  }
}
