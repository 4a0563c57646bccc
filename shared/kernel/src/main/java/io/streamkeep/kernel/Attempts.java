package io.streamkeep.kernel;

import io.streamkeep.kernel.EventStore.AppendResult;
import io.streamkeep.kernel.EventStore.Head;
import io.streamkeep.kernel.EventStore.Moved;
import io.streamkeep.kernel.EventStore.Proposal;
import io.streamkeep.kernel.EventStore.Stored;
import io.streamkeep.kernel.EventStore.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The tries of one command. */
final class Attempts {

  private final EventStore store;
  private final InstantSource clock;
  private final Duration writeTime;
  private final WarmStreams warm;
  private final List<Participant<?, ?>> participants;
  private final Request<?> request;
  private final Function<States, Decision<Change<?>>> decide;
  private final Consumer<Incident> incidents;

  /** In the order of the participants. */
  private final Map<StreamId, Known<?, ?>> known = new LinkedHashMap<>();

  /** Why the newest try was lost. */
  private @Nullable Incident reason;

  Attempts(
      EventStore store,
      InstantSource clock,
      Duration writeTime,
      WarmStreams warm,
      List<Participant<?, ?>> participants,
      Request<?> request,
      Function<States, Decision<Change<?>>> decide,
      Consumer<Incident> incidents) {
    this.store = store;
    this.clock = clock;
    this.writeTime = writeTime;
    this.warm = warm;
    this.participants = List.copyOf(participants);
    this.request = request;
    this.decide = decide;
    this.incidents = incidents;
    participants.forEach(participant -> known.put(participant.stream(), look(participant)));
  }

  /** One try; null if it was lost, and what is known now is newer. */
  @Nullable Outcome<States> next() {
    Optional<Outcome<States>> repeat = repeat();
    if (repeat.isPresent()) {
      return repeat.get();
    }
    long commit = known(participants.getFirst()).now().commit();
    if (!request.precondition().test(commit)) {
      return confirmed(new Outcome.PreconditionFailed<>(commit));
    }
    States states = new States(known);
    return switch (decide.apply(states)) {
      case Decision.Rejected<Change<?>>(Rejection no) -> confirmed(new Outcome.Rejected<>(no));
      case Decision.Accepted<Change<?>>(List<Change<?>> changes) when changes.isEmpty() ->
          confirmed(new Outcome.Done<>(states, commit));
      case Decision.Accepted<Change<?>>(List<Change<?>> changes) -> append(changes);
    };
  }

  private Optional<Outcome<States>> repeat() {
    Map<StreamId, Known<?, ?>> then = new LinkedHashMap<>(known);
    boolean found = false;
    for (Participant<?, ?> participant : participants) {
      Known.Past<?, ?> past = own(participant);
      if (past != null) {
        if (!past.commit().fingerprint().equals(request.fingerprint())) {
          return Optional.of(new Outcome.Reused<>());
        }
        then.put(participant.stream(), past.known());
        found = true;
      }
    }
    return found ? Optional.of(done(then)) : Optional.empty();
  }

  /** What this very command did to a stream before. */
  private Known.@Nullable Past<?, ?> own(Participant<?, ?> participant) {
    Known<?, ?> now = known(participant);
    LongStream candidates = now.now().recent().find(request.id(), now.now().commit());
    for (long number : candidates.toArray()) {
      Optional<? extends Known.Past<?, ?>> at = now.at(number);
      Known.Past<?, ?> past =
          at.isPresent()
              ? at.get()
              : Known.load(store, participant, number).at(number).orElseThrow();
      if (past.commit().command().equals(request.id())) {
        return past;
      }
    }
    return null;
  }

  /**
   * What no append has checked is told only of what the streams are while it is told: of one, by
   * loading it; of several, by checking that none has changed.
   */
  private @Nullable Outcome<States> confirmed(Outcome<States> outcome) {
    if (participants.size() > 1) {
      return append(List.of(), outcome);
    }
    Participant<?, ?> only = participants.getFirst();
    if (known(only).current()) {
      return outcome;
    }
    known.put(only.stream(), load(only));
    return next();
  }

  private @Nullable Outcome<States> append(List<Change<?>> changes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return append(changes.stream().map(change -> write(change, now)).toList(), null);
  }

  private Write write(Change<?> change, Instant time) {
    Known<?, ?> before = known(change.participant());
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
    if (clock.instant().plus(writeTime).isAfter(request.deadline())) {
      return new Outcome.OutOfTime<>();
    }
    return switch (store.append(writes, others(writes))) {
      case AppendResult.Appended(List<Stored> parts) -> {
        parts.forEach(this::takeIn);
        known.values().forEach(warm::put);
        yield unchanged != null ? unchanged : done(known);
      }
      case AppendResult.Conflict(List<Moved> moved) -> {
        moved.forEach(this::takeIn);
        yield lost(Incident.CONFLICT);
      }
      case AppendResult.Collided() -> lost(Incident.COLLISION);
      case AppendResult.Throttled() -> lost(Incident.THROTTLED);
      case AppendResult.TooLarge(var limit, long size) -> new Outcome.TooLarge<>(limit, size);
    };
  }

  private @Nullable Outcome<States> lost(Incident why) {
    incidents.accept(why);
    reason = why;
    return null;
  }

  /** What is to be told if there are no more tries. */
  Outcome<States> givenUp(int tries) {
    if (reason == Incident.THROTTLED) {
      throw new ThrottledException(null);
    }
    return new Outcome.Contended<>(tries);
  }

  private List<Head> others(List<Write> writes) {
    List<Head> heads = new ArrayList<>();
    known.values().forEach(one -> heads.add(one.head()));
    heads.removeAll(writes.stream().map(Write::head).toList());
    return heads;
  }

  private void takeIn(Stored stored) {
    if (stored.snapshotLeftOut()) {
      incidents.accept(Incident.SNAPSHOT_LEFT_OUT);
    }
    known.computeIfPresent(
        stored.commit().stream(), (stream, one) -> one.after(stored.commit(), stored.head()));
  }

  private void takeIn(Moved moved) {
    known.computeIfPresent(
        moved.winner().stream(), (stream, one) -> one.after(moved.winner(), moved.head()));
  }

  private Outcome<States> done(Map<StreamId, Known<?, ?>> then) {
    States states = new States(then);
    return new Outcome.Done<>(states, states.commit(participants.getFirst()));
  }

  private <E, S> Known<E, S> look(Participant<E, S> participant) {
    return warm.find(participant).orElseGet(() -> load(participant));
  }

  private <E, S> Known<E, S> load(Participant<E, S> participant) {
    return Known.load(store, participant, EventStore.NEWEST);
  }

  private Known<?, ?> known(Participant<?, ?> participant) {
    return Optional.ofNullable(known.get(participant.stream()))
        .orElseThrow(() -> new IllegalArgumentException("Takes no part: " + participant.stream()));
  }
}
