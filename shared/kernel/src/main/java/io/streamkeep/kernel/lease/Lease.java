package io.streamkeep.kernel.lease;

import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;

/** A lease, as its events left it. */
public sealed interface Lease {

  /** How it is folded and stored. */
  Aggregate<LeaseEvent, Lease> AGGREGATE =
      new Aggregate<>(new LeaseDecider(), new LeaseEventCodec(), new LeaseStateCodec());

  /** The stream of the lease of a name, which is not empty. */
  static StreamId stream(String name) {
    return new StreamId("lease", name);
  }

  /** The same as what takes part in a command. */
  static StreamRef<LeaseEvent, Lease> participant(String name) {
    return new StreamRef<>(stream(name), AGGREGATE);
  }

  /** The number of its newest commit (0 = none): each has one event, so they are counted here. */
  long commit();

  /** Nobody holds it. */
  record Free(long commit) implements Lease {}

  /**
   * Somebody holds it.
   *
   * @param until when another may take it; its holder still has it then if none does
   * @param commit its token
   */
  record Held(String holder, Instant until, long commit) implements Lease {}
}
