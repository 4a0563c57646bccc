package io.streamkeep.retail;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long the import goes on trying: so many tries of a request, waits that double from the
 * shortest to the longest, and how long views may stand still before they count as not projected.
 */
public record Patience(int tries, Duration shortest, Duration longest, Duration standstill) {

  static final Patience STANDARD =
      new Patience(8, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(60));

  /** The wait after so many tries, from half of it to all of it, so that callers spread out. */
  Duration afterTry(int tries) {
    long full = growing(tries).toMillis();
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(full / 2, full + 1));
  }

  /** The wait after so many rounds without progress. */
  Duration growing(int rounds) {
    Duration doubled = shortest.multipliedBy(1L << Math.min(rounds - 1, 20));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
