package io.streamkeep.kernel.lease;

import io.streamkeep.kernel.decider.StateCodec;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stored format of a lease in snapshots, like {@link LeaseEventCodec}. Increment {@link
 * #SCHEMA} with every change; snapshots of other versions are ignored.
 */
final class LeaseStateCodec implements StateCodec<Lease> {

  private static final int SCHEMA = 1;
  private static final String WHAT = "The state of a lease";
  private static final Pattern DATA =
      Pattern.compile(
          "\\{\"commit\":([0-9]{1,18})(?:,\"holder\":\"("
              + LeaseEventCodec.HOLDER
              + ")\",\"until\":\"([^\"]+)\")?}");

  @Override
  public int schema() {
    return SCHEMA;
  }

  @Override
  public String encode(Lease lease) {
    String commit = "{\"commit\":" + lease.commit();
    return switch (lease) {
      case Lease.Free free -> commit + "}";
      case Lease.Held(String holder, Instant until, long token) ->
          commit + ",\"holder\":\"" + holder + "\",\"until\":\"" + until + "\"}";
    };
  }

  @Override
  public Lease decode(String data) {
    Matcher matcher = LeaseEventCodec.match(DATA, data, WHAT);
    long commit = Long.parseLong(matcher.group(1));
    String holder = matcher.group(2);
    return holder == null
        ? new Lease.Free(commit)
        : new Lease.Held(holder, LeaseEventCodec.instant(matcher.group(3), WHAT), commit);
  }
}
