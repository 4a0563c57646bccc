package io.streamkeep.kernel.command;

import static java.util.stream.Collectors.toSet;

import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendResult;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.ConcurrentCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
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

/**
 * The attempts of one command. The first conflict is retried immediately on the winner's commit,
 * any later one after a {@link Backoff} on reloaded streams. The deadline ends it, not a count.
 */
final class CommandExecution {

  private final EventStore store;
  private final InstantSource clock;
  private final Instant lastStart;
  private final Backoff backoff;
  private final LoadedStreams streams;
  private final CommandEnvelope<?> envelope;
  private final Function<StreamStates, Decision<StreamChange<?>>> decide;
  private final Consumer<AttemptEvent> observer;

  private int attempts;
  private @Nullable AttemptEvent lastLoss;

  /**
   * Starts with the first attempt.
   *
   * @param lastStart the time after which no append may start
   */
  CommandExecution(
      EventStore store,
      InstantSource clock,
      Instant lastStart,
      Backoff backoff,
      LoadedStreams streams,
      CommandEnvelope<?> envelope,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> observer) {
    this.store = store;
    this.clock = clock;
    this.lastStart = lastStart;
    this.backoff = backoff;
    this.streams = streams;
    this.envelope = envelope;
    this.decide = decide;
    this.observer = observer;
  }

  Outcome<StreamStates> run() {
    streams.load();
    @Nullable Outcome<StreamStates> outcome = attempt();
    while (outcome == null) {
      outcome = attempt();
    }
    return outcome;
  }

  /** Makes one attempt; returns null if it lost and must be retried. */
  private @Nullable Outcome<StreamStates> attempt() {
    Optional<Outcome<StreamStates>> previous = streams.findPreviousOutcome(envelope);
    if (previous.isPresent()) {
      return previous.get();
    }
    if (!envelope.precondition().test(streams.commit())) {
      return confirm(new Outcome.PreconditionFailed<>(streams.commit()));
    }
    return switch (decide.apply(streams.states())) {
      case Decision.Rejected<StreamChange<?>>(Rejection rejection) ->
          confirm(new Outcome.Rejected<>(rejection));
      case Decision.Accepted<StreamChange<?>>(List<StreamChange<?>> changes)
          when changes.isEmpty() ->
          confirm(streams.completed());
      case Decision.Accepted<StreamChange<?>>(List<StreamChange<?>> changes) -> append(changes);
    };
  }

  /**
   * Returns an outcome that no append has checked, such as a rejection, only if it was decided on
   * current state: one stream is reloaded, several are checked in a transaction.
   */
  private @Nullable Outcome<StreamStates> confirm(Outcome<StreamStates> outcome) {
    if (!streams.isSingle()) {
      return append(List.of(), outcome);
    }
    if (streams.isCurrent()) {
      return outcome;
    }
    streams.reload();
    return attempt();
  }

  private @Nullable Outcome<StreamStates> append(List<StreamChange<?>> changes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return append(changes.stream().map(change -> append(change, now)).toList(), null);
  }

  private StreamAppend append(StreamChange<?> change, Instant time) {
    LoadedStream<?, ?> stream = streams.of(change.ref());
    return new StreamAppend(
        stream.head(),
        new NewCommit(
            change.recorded(),
            time,
            envelope.id(),
            envelope.fingerprint(),
            envelope.metadata(),
            stream.state()::snapshotAfter));
  }

  /** Appends; the outcome is {@code unchanged} if that only confirms it. */
  private @Nullable Outcome<StreamStates> append(
      List<StreamAppend> writes, @Nullable Outcome<StreamStates> unchanged) {
    if (clock.instant().isAfter(lastStart)) {
      return timeout();
    }
    attempts++;
    Set<Head> written = writes.stream().map(StreamAppend::head).collect(toSet());
    return switch (store.append(writes, streams.headsExcept(written))) {
      case AppendResult.Appended(List<AppendedCommit> commits) -> {
        commits.forEach(this::onAppended);
        streams.cache();
        yield unchanged != null ? unchanged : streams.completed();
      }
      case AppendResult.Conflict(List<ConcurrentCommit> winners) -> {
        winners.forEach(streams::apply);
        yield onLoss(AttemptEvent.CONFLICT);
      }
      case AppendResult.TransactionConflict() -> onLoss(AttemptEvent.TRANSACTION_CONFLICT);
      case AppendResult.Throttled() -> onLoss(AttemptEvent.THROTTLED);
      case AppendResult.TooLarge(var limit, long size) -> new Outcome.TooLarge<>(limit, size);
    };
  }

  private void onAppended(AppendedCommit appended) {
    if (appended.snapshotLeftOut()) {
      observer.accept(AttemptEvent.SNAPSHOT_LEFT_OUT);
    }
    streams.apply(appended);
  }

  /** Prepares a retry, at first on the winners' commits, later on reloaded streams. */
  private @Nullable Outcome<StreamStates> onLoss(AttemptEvent loss) {
    observer.accept(loss);
    boolean first = lastLoss == null;
    lastLoss = loss;
    if (first && loss == AttemptEvent.CONFLICT) {
      return null;
    }
    Duration left = Duration.between(clock.instant(), lastStart);
    if (!left.isPositive()) {
      return timeout();
    }
    backoff.await(left);
    streams.reload();
    return null;
  }

  private Outcome<StreamStates> timeout() {
    if (lastLoss == AttemptEvent.THROTTLED) {
      throw new ThrottledException(null);
    }
    return attempts == 0
        ? new Outcome.DeadlineExceeded<>()
        : new Outcome.RetriesExhausted<>(attempts);
  }
}
