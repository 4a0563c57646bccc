package io.streamkeep.kernel;

import io.streamkeep.kernel.EventStore.AppendResult;
import io.streamkeep.kernel.EventStore.History;
import io.streamkeep.kernel.EventStore.Proposal;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The command loop: load, find a repeat, decide, append; on a conflict again. A command on a stream
 * costs one load and one append, plus the same for each lost race.
 */
public final class CommandHandler<C, E, S> {

  /** A writer that lost this often is told so: more tries would only make its caller wait. */
  static final int MAX_TRIES = 20;

  private final EventStore store;
  private final Decider<C, E, S> decider;
  private final EventCodec<E> codec;
  private final InstantSource clock;
  private final Backoff backoff;

  public CommandHandler(
      EventStore store,
      Decider<C, E, S> decider,
      EventCodec<E> codec,
      InstantSource clock,
      Backoff backoff) {
    this.store = store;
    this.decider = decider;
    this.codec = codec;
    this.clock = clock;
    this.backoff = backoff;
  }

  /**
   * A command and what is to be known of it.
   *
   * @param id the same for every try of it
   * @param fingerprint the same for every try of it, another one for any other command
   * @param precondition what must be true of the number of the stream's newest commit (0 = none); a
   *     repeat is not held to it
   * @param metadata kept with what it does
   * @param command what is wanted
   */
  public record Request<C>(
      CommandId id,
      Fingerprint fingerprint,
      LongPredicate precondition,
      Metadata metadata,
      C command) {}

  /**
   * Carries out a command, once, however often it is repeated or by whom at the same time.
   *
   * @param onConflict called for each race that is lost
   */
  public Outcome<S> handle(StreamId stream, Request<C> request, Runnable onConflict) {
    for (int tries = 1; tries <= MAX_TRIES; tries++) {
      Optional<Outcome<S>> outcome = attempt(store.load(stream), request);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      onConflict.run();
      backoff.await(tries);
    }
    return new Outcome.Contended<>(MAX_TRIES);
  }

  private Optional<Outcome<S>> attempt(History history, Request<C> request) {
    Folded<S> now = fold(history.commits());
    Optional<RecentCommands.Receipt> receipt = now.recent().find(request.id());
    if (receipt.isPresent()) {
      return Optional.of(repeat(history.commits(), receipt.get(), request));
    }
    if (!request.precondition().test(now.commit())) {
      return Optional.of(new Outcome.PreconditionFailed<>(now.commit()));
    }
    return switch (decider.decide(request.command(), now.state())) {
      case Decision.Rejected<E>(Rejection rejection) ->
          Optional.of(new Outcome.Rejected<>(rejection));
      case Decision.Accepted<E>(List<E> events) when events.isEmpty() ->
          Optional.of(new Outcome.Done<>(now.state(), now.commit()));
      case Decision.Accepted<E>(List<E> events) -> append(history, now, events, request);
    };
  }

  private Outcome<S> repeat(
      List<Commit> commits, RecentCommands.Receipt receipt, Request<C> request) {
    if (!receipt.fingerprint().equals(request.fingerprint())) {
      return new Outcome.Reused<>();
    }
    Folded<S> then = fold(commits.stream().filter(c -> c.number() <= receipt.commit()).toList());
    return new Outcome.Done<>(then.state(), then.commit());
  }

  private Optional<Outcome<S>> append(
      History history, Folded<S> now, List<E> events, Request<C> request) {
    Proposal proposal =
        new Proposal(
            events.stream().map(codec::encode).toList(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            request.id(),
            request.fingerprint(),
            request.metadata());
    return switch (store.append(history.head(), proposal)) {
      case AppendResult.Appended(Commit commit) -> {
        // Folded from what was stored, as a repeat will be: the two can't differ.
        Folded<S> then = now.after(commit, decider, codec);
        yield Optional.of(new Outcome.Done<>(then.state(), then.commit()));
      }
      case AppendResult.Conflict() -> Optional.empty();
    };
  }

  private Folded<S> fold(List<Commit> commits) {
    Folded<S> folded = Folded.initial(decider);
    for (Commit commit : commits) {
      folded = folded.after(commit, decider, codec);
    }
    return folded;
  }
}
