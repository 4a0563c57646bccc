package io.streamkeep.kernel.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * What can be asked of a lease. The commit of what it comes to is the new token. A command that is
 * repeated under its id has the same token again, even if that is not the newest by then.
 */
public sealed interface LeaseCommand {

  /**
   * Takes a lease that is free or has ended.
   *
   * @param holder 1 to 128 printable characters of ASCII but quotes and backslashes
   * @param ttl for how long; more than nothing
   * @param now by the clock of who asks
   */
  record Acquire(String holder, Duration ttl, Instant now) implements LeaseCommand {
    public Acquire {
      requireTtl(ttl);
      if (!LeaseEventCodec.HOLDER.matcher(holder).matches()) {
        throw new IllegalArgumentException("Not a holder's name");
      }
    }
  }

  /**
   * Keeps a lease for longer, and never for shorter; also one that has ended, if nobody has taken
   * it: then nobody else can have written under it.
   *
   * @param token the newest
   * @param ttl from now on; more than nothing
   * @param now by the holder's clock
   */
  record Renew(long token, Duration ttl, Instant now) implements LeaseCommand {
    public Renew {
      requireTtl(ttl);
    }
  }

  /**
   * Gives a lease back.
   *
   * @param token the newest; it is worth nothing after
   */
  record Release(long token) implements LeaseCommand {}

  private static void requireTtl(Duration ttl) {
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("A lease takes time");
    }
  }
}
