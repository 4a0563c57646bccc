package io.streamkeep.kernel;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.streamkeep.kernel.EventStore.AppendResult;
import io.streamkeep.kernel.EventStore.Head;
import io.streamkeep.kernel.EventStore.Moved;
import io.streamkeep.kernel.EventStore.Proposal;
import io.streamkeep.kernel.EventStore.Stored;
import io.streamkeep.kernel.EventStore.Write;
import io.streamkeep.kernel.Manners.Loss;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tries of one command. */
final class Attempts {

  private final EventStore store;
  private final InstantSource clock;
  private final Duration writeTime;
  private final Manners manners;
  private final Knowledge known;
  private final Request<?> request;
  private final Function<States, Decision<Change<?>>> decide;
  private final Consumer<Incident> incidents;

  /** How the newest try was lost. */
  private @Nullable Loss loss;

  Attempts(
      EventStore store,
      InstantSource clock,
      Duration writeTime,
      Manners manners,
      Knowledge known,
      Request<?> request,
      Function<States, Decision<Change<?>>> decide,
      Consumer<Incident> incidents) {
    this.store = store;
    this.clock = clock;
    this.writeTime = writeTime;
    this.manners = manners;
    this.known = known;
    this.request = request;
    this.decide = decide;
    this.incidents = incidents;
  }

  Outcome<States> run(int maxTries) {
    known.gather(manners::trusts);
    manners.first(known);
    Outcome<States> outcome = next();
    for (int tries = 1; outcome == null && tries < maxTries; tries++) {
      manners.lost(requireNonNull(loss), tries, known);
      outcome = next();
    }
    if (outcome != null) {
      return outcome;
    }
    if (requireNonNull(loss).why() == Incident.THROTTLED) {
      throw new ThrottledException(null);
    }
    return new Outcome.Contended<>(maxTries);
  }

  /** One try; null if it was lost. */
  private @Nullable Outcome<States> next() {
    Optional<Outcome<States>> repeat = known.repeat(request);
    if (repeat.isPresent()) {
      return repeat.get();
    }
    if (!request.precondition().test(known.commit())) {
      return confirmed(new Outcome.PreconditionFailed<>(known.commit()));
    }
    return switch (decide.apply(known.states())) {
      case Decision.Rejected<Change<?>>(Rejection no) -> confirmed(new Outcome.Rejected<>(no));
      case Decision.Accepted<Change<?>>(List<Change<?>> changes) when changes.isEmpty() ->
          confirmed(known.done());
      case Decision.Accepted<Change<?>>(List<Change<?>> changes) -> append(changes);
    };
  }

  /**
   * What no append has checked is told only of what the streams are while it is told: of one, by
   * loading it; of several, by checking that none has changed.
   */
  private @Nullable Outcome<States> confirmed(Outcome<States> outcome) {
    if (!known.single()) {
      return append(List.of(), outcome);
    }
    if (known.current()) {
      return outcome;
    }
    known.reload();
    return next();
  }

  private @Nullable Outcome<States> append(List<Change<?>> changes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return append(changes.stream().map(change -> write(change, now)).toList(), null);
  }

  private Write write(Change<?> change, Instant time) {
    Known<?, ?> before = known.of(change.participant());
    return new Write(
        before.head(),
        new Proposal(
            change.recorded(),
            time,
            request.id(),
            request.fingerprint(),
            request.metadata(),
            before::snapshot));
  }

  private @Nullable Outcome<States> append(
      List<Write> writes, @Nullable Outcome<States> unchanged) {
    if (late()) {
      return new Outcome.OutOfTime<>();
    }
    Set<Head> written = writes.stream().map(Write::head).collect(toSet());
    manners.sent();
    return switch (store.append(writes, known.headsBut(written))) {
      case AppendResult.Appended(List<Stored> parts) -> {
        manners.done();
        parts.forEach(this::takeIn);
        known.keep();
        yield unchanged != null ? unchanged : known.done();
      }
      case AppendResult.Conflict(List<Moved> moved) -> {
        moved.forEach(known::takeIn);
        yield lost(
            Incident.CONFLICT, moved.stream().map(one -> one.winner().stream()).collect(toSet()));
      }
      case AppendResult.Collided() -> lost(Incident.COLLISION, Set.of());
      case AppendResult.Throttled() -> lost(Incident.THROTTLED, Set.of());
      case AppendResult.TooLarge(var limit, long size) -> new Outcome.TooLarge<>(limit, size);
    };
  }

  private void takeIn(Stored stored) {
    if (stored.snapshotLeftOut()) {
      incidents.accept(Incident.SNAPSHOT_LEFT_OUT);
    }
    known.takeIn(stored);
  }

  private @Nullable Outcome<States> lost(Incident why, Set<StreamId> behind) {
    incidents.accept(why);
    loss = new Loss(why, behind, this::late);
    return null;
  }

  private boolean late() {
    return clock.instant().plus(writeTime).isAfter(request.deadline());
  }
}
