package io.streamkeep.kernel.command;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.streamkeep.kernel.command.Manners.Loss;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendResult;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.ConcurrentCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
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
final class CommandExecution {

  private final EventStore store;
  private final InstantSource clock;
  private final Duration writeTime;
  private final Manners manners;
  private final LoadedStreams known;
  private final CommandEnvelope<?> request;
  private final Function<StreamStates, Decision<StreamChange<?>>> decide;
  private final Consumer<AttemptEvent> incidents;

  /** How the newest try was lost. */
  private @Nullable Loss loss;

  CommandExecution(
      EventStore store,
      InstantSource clock,
      Duration writeTime,
      Manners manners,
      LoadedStreams known,
      CommandEnvelope<?> request,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> incidents) {
    this.store = store;
    this.clock = clock;
    this.writeTime = writeTime;
    this.manners = manners;
    this.known = known;
    this.request = request;
    this.decide = decide;
    this.incidents = incidents;
  }

  Outcome<StreamStates> run(int maxTries) {
    known.gather(manners::trusts);
    manners.first(known);
    Outcome<StreamStates> outcome = next();
    for (int tries = 1; outcome == null && tries < maxTries; tries++) {
      manners.lost(requireNonNull(loss), tries, known);
      outcome = next();
    }
    if (outcome != null) {
      return outcome;
    }
    if (requireNonNull(loss).why() == AttemptEvent.THROTTLED) {
      throw new ThrottledException(null);
    }
    return new Outcome.RetriesExhausted<>(maxTries);
  }

  /** One try; null if it was lost. */
  private @Nullable Outcome<StreamStates> next() {
    Optional<Outcome<StreamStates>> repeat = known.repeat(request);
    if (repeat.isPresent()) {
      return repeat.get();
    }
    if (!request.precondition().test(known.commit())) {
      return confirmed(new Outcome.PreconditionFailed<>(known.commit()));
    }
    return switch (decide.apply(known.states())) {
      case Decision.Rejected<StreamChange<?>>(Rejection no) ->
          confirmed(new Outcome.Rejected<>(no));
      case Decision.Accepted<StreamChange<?>>(List<StreamChange<?>> changes)
          when changes.isEmpty() ->
          confirmed(known.done());
      case Decision.Accepted<StreamChange<?>>(List<StreamChange<?>> changes) -> append(changes);
    };
  }

  /**
   * What no append has checked is told only of what the streams are while it is told: of one, by
   * loading it; of several, by checking that none has changed.
   */
  private @Nullable Outcome<StreamStates> confirmed(Outcome<StreamStates> outcome) {
    if (!known.single()) {
      return append(List.of(), outcome);
    }
    if (known.current()) {
      return outcome;
    }
    known.reload();
    return next();
  }

  private @Nullable Outcome<StreamStates> append(List<StreamChange<?>> changes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return append(changes.stream().map(change -> write(change, now)).toList(), null);
  }

  private StreamAppend write(StreamChange<?> change, Instant time) {
    LoadedStream<?, ?> before = known.of(change.participant());
    return new StreamAppend(
        before.head(),
        new NewCommit(
            change.recorded(),
            time,
            request.id(),
            request.fingerprint(),
            request.metadata(),
            before::snapshot));
  }

  private @Nullable Outcome<StreamStates> append(
      List<StreamAppend> writes, @Nullable Outcome<StreamStates> unchanged) {
    if (late()) {
      return new Outcome.DeadlineExceeded<>();
    }
    Set<Head> written = writes.stream().map(StreamAppend::head).collect(toSet());
    manners.sent();
    return switch (store.append(writes, known.headsBut(written))) {
      case AppendResult.Appended(List<AppendedCommit> parts) -> {
        manners.done();
        parts.forEach(this::takeIn);
        known.keep();
        yield unchanged != null ? unchanged : known.done();
      }
      case AppendResult.Conflict(List<ConcurrentCommit> moved) -> {
        moved.forEach(known::takeIn);
        yield lost(
            AttemptEvent.CONFLICT,
            moved.stream().map(one -> one.winner().stream()).collect(toSet()));
      }
      case AppendResult.TransactionConflict() -> lost(AttemptEvent.TRANSACTION_CONFLICT, Set.of());
      case AppendResult.Throttled() -> lost(AttemptEvent.THROTTLED, Set.of());
      case AppendResult.TooLarge(var limit, long size) -> new Outcome.TooLarge<>(limit, size);
    };
  }

  private void takeIn(AppendedCommit stored) {
    if (stored.snapshotLeftOut()) {
      incidents.accept(AttemptEvent.SNAPSHOT_LEFT_OUT);
    }
    known.takeIn(stored);
  }

  private @Nullable Outcome<StreamStates> lost(AttemptEvent why, Set<StreamId> behind) {
    incidents.accept(why);
    loss = new Loss(why, behind, this::late);
    return null;
  }

  private boolean late() {
    return clock.instant().plus(writeTime).isAfter(request.deadline());
  }
}
