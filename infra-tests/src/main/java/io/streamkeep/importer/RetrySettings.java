package io.streamkeep.importer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Limits of retries and waits.
 *
 * @param attempts at most, for a request
 * @param shortest the first wait between attempts; each further one is twice as long
 * @param longest the limit of that
 * @param stalled the time without progress after which views are no longer waited for
 */
public record RetrySettings(int attempts, Duration shortest, Duration longest, Duration stalled) {

  static final RetrySettings STANDARD =
      new RetrySettings(8, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(60));

  /** The wait after so many attempts. */
  Duration backoff(int attempts) {
    Duration doubled = shortest.multipliedBy(1L << Math.min(attempts - 1, 20));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /** The same, from half of it to all of it at random, so that callers spread out. */
  Duration jitteredBackoff(int attempts) {
    long millis = backoff(attempts).toMillis();
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
  }
}
