package io.streamkeep.kernel.lease;

import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;

/** The state of a lease. */
public sealed interface Lease {

  /** Its rules and stored formats. */
  Aggregate<LeaseEvent, Lease> AGGREGATE =
      new Aggregate<>(new LeaseDecider(), new LeaseEventCodec(), new LeaseStateCodec());

  /** The stream of a lease. */
  static StreamId stream(String name) {
    return new StreamId("lease", name);
  }

  /** A reference to a lease for a command over several streams. */
  static StreamRef<LeaseEvent, Lease> ref(String name) {
    return new StreamRef<>(stream(name), AGGREGATE);
  }

  /** The number of its newest commit, 0 if there is none. Each commit has exactly one event. */
  long commit();

  /** A lease that nobody holds. */
  record Free(long commit) implements Lease {}

  /**
   * A lease with a holder.
   *
   * @param until when another may acquire it; until somebody does, its holder keeps it
   * @param commit also the holder's token
   */
  record Held(String holder, Instant until, long commit) implements Lease {}
}
