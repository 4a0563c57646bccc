package io.streamkeep.kernel.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * The commands of a lease. The number of the resulting commit is the new token. A repeated command
 * gets the same token again, even if it is no longer the newest.
 */
public sealed interface LeaseCommand {

  /**
   * Acquires a lease that is free or expired.
   *
   * @param holder 1 to 128 printable ASCII characters except quotes and backslashes
   * @param ttl positive
   * @param now the time by the caller's clock
   */
  record Acquire(String holder, Duration ttl, Instant now) implements LeaseCommand {
    public Acquire {
      requireTtl(ttl);
      if (!LeaseEventCodec.HOLDER.matcher(holder).matches()) {
        throw new IllegalArgumentException(
            "A holder has 1 to 128 printable characters, no quotes or backslashes");
      }
    }
  }

  /**
   * Extends a lease; never shortens it. An expired lease can be renewed if nobody has acquired it,
   * since then nobody else can have written under it.
   *
   * @param token the newest
   * @param ttl positive, from now
   * @param now the time by the holder's clock
   */
  record Renew(long token, Duration ttl, Instant now) implements LeaseCommand {
    public Renew {
      requireTtl(ttl);
    }
  }

  /**
   * Gives a lease back.
   *
   * @param token the newest; it becomes void
   */
  record Release(long token) implements LeaseCommand {}

  private static void requireTtl(Duration ttl) {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("A lease needs a positive time to live");
    }
  }
}
