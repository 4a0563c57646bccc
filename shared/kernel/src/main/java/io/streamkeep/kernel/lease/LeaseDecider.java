package io.streamkeep.kernel.lease;

import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.decider.Rejection.Kind;
import io.streamkeep.kernel.lease.Lease.Free;
import io.streamkeep.kernel.lease.Lease.Held;
import java.time.Instant;
import java.util.Optional;

/** The rules of a lease: free → held → free, or held by another once it has expired. */
public final class LeaseDecider implements Decider<LeaseCommand, LeaseEvent, Lease> {

  private static final Rejection LOST =
      new Rejection(Kind.STATE, "lease-lost", "There is a newer token, or the lease was released.");

  private static final Rejection ENDED =
      new Rejection(Kind.STATE, "lease-ended", "The lease has expired. Renew it first.");

  @Override
  public Lease initial() {
    return new Free(0);
  }

  @Override
  public Decision<LeaseEvent> decide(LeaseCommand command, Lease lease) {
    return switch (command) {
      case LeaseCommand.Acquire acquire -> acquire(acquire, lease);
      case LeaseCommand.Renew renew -> renew(renew, lease);
      case LeaseCommand.Release(long token) ->
          held(lease, token).isPresent()
              ? Decision.accept(new LeaseEvent.Released())
              : new Decision.Rejected<>(LOST);
    };
  }

  private static Decision<LeaseEvent> acquire(LeaseCommand.Acquire acquire, Lease lease) {
    return lease instanceof Held held && held.until().isAfter(acquire.now())
        ? Decision.reject(Kind.STATE, "lease-held", "It is held until " + held.until() + ".")
        : Decision.accept(
            new LeaseEvent.Acquired(acquire.holder(), acquire.now().plus(acquire.ttl())));
  }

  private static Decision<LeaseEvent> renew(LeaseCommand.Renew renew, Lease lease) {
    Instant until = renew.now().plus(renew.ttl());
    return held(lease, renew.token())
        .map(held -> until.isAfter(held.until()) ? until : held.until())
        .map(later -> Decision.<LeaseEvent>accept(new LeaseEvent.Renewed(later)))
        .orElse(new Decision.Rejected<>(LOST));
  }

  /** The reason why the holder of a token must not write; empty if it may. */
  static Optional<Rejection> fence(Lease lease, long token, Instant now) {
    Optional<Held> held = held(lease, token);
    if (held.isEmpty()) {
      return Optional.of(LOST);
    }
    return held.get().until().isAfter(now) ? Optional.empty() : Optional.of(ENDED);
  }

  /** The lease, if a token is its newest and it was not released. */
  private static Optional<Held> held(Lease lease, long token) {
    return lease instanceof Held held && held.commit() == token
        ? Optional.of(held)
        : Optional.empty();
  }

  @Override
  public Lease evolve(Lease lease, LeaseEvent event) {
    long commit = lease.commit() + 1;
    return switch (event) {
      case LeaseEvent.Acquired(String holder, Instant until) -> new Held(holder, until, commit);
      case LeaseEvent.Renewed(Instant until) when lease instanceof Held held ->
          new Held(held.holder(), until, commit);
      case LeaseEvent.Released() -> new Free(commit);
      case LeaseEvent.Renewed renewed ->
          throw new IllegalStateException("A free lease can't be renewed");
    };
  }
}
