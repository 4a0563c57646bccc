package io.streamkeep.aws.http;

import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore;
import java.util.function.Consumer;

/** What a client is told of a command, and the log. */
public final class OutcomeResponses {

  private OutcomeResponses() {}

  /** Counts what happened on the way. */
  public static Consumer<AttemptEvent> attemptEvents(LogLine line) {
    return event ->
        line.count(
            switch (event) {
              case CONFLICT -> Metric.CONFLICTS;
              case TRANSACTION_CONFLICT -> Metric.COLLISIONS;
              case THROTTLED -> Metric.THROTTLED;
              case SNAPSHOT_LEFT_OUT -> Metric.SNAPSHOTS_LEFT_OUT;
            },
            1);
  }

  /** What was done; what was not is thrown as a problem. */
  public static <S> Outcome.Completed<S> completed(Outcome<S> outcome, LogLine line) {
    return switch (outcome) {
      case Outcome.Completed<S> completed -> {
        line.number("commit", completed.commit());
        yield completed;
      }
      case Outcome.Rejected<S>(Rejection rejection) -> {
        line.count(Metric.REJECTED, 1);
        throw rejected(rejection);
      }
      case Outcome.CommandIdReused<S>() -> throw keyReused();
      case Outcome.PreconditionFailed<S>(long commit) -> {
        line.number("commit", commit);
        throw preconditionFailed(commit);
      }
      case Outcome.RetriesExhausted<S>(int tries) -> {
        line.count(Metric.CONTENDED, 1);
        throw contended(tries);
      }
      case Outcome.TooLarge<S>(EventStore.Limit limit, long size) -> throw tooLarge(limit, size);
      case Outcome.DeadlineExceeded<S>() -> throw outOfTime();
    };
  }

  private static ProblemException rejected(Rejection rejection) {
    int status =
        switch (rejection.kind()) {
          case UNKNOWN -> 404;
          case STATE -> 409;
          case INPUT -> 422;
        };
    return Problem.of(status, rejection.code(), "Rejected", rejection.detail()).exception();
  }

  private static ProblemException keyReused() {
    return Problem.of(
            422,
            "idempotency-key-reused",
            "Idempotency key reused",
            "The Idempotency-Key was used before for another request.")
        .exception();
  }

  private static ProblemException preconditionFailed(long commit) {
    return Problem.of(
            412,
            "precondition-failed",
            "Precondition failed",
            "The If-Match does not hold: it is at commit " + commit + ".")
        .exception();
  }

  private static ProblemException contended(int tries) {
    return Problem.of(
            409,
            "contended",
            "Too many writers",
            "Others changed it at every one of " + tries + " tries; try again.")
        .exception();
  }

  private static ProblemException tooLarge(EventStore.Limit limit, long size) {
    String what =
        switch (limit) {
          case COMMIT_BYTES ->
              "what a command changes in an aggregate has at most %d bytes as stored";
          case APPEND_BYTES -> "what a command changes has at most %d bytes as stored";
          case STREAMS -> "a command is about at most %d aggregates";
        };
    return Problem.of(
            413,
            "too-large",
            "Too large",
            "It can't be stored: " + what.formatted(limit.most()) + "; this is " + size + ".")
        .exception();
  }

  private static ProblemException outOfTime() {
    return Problem.unavailable(
            "out-of-time",
            "There was not enough time left to carry it out; nothing was written. Try again.")
        .exception();
  }
}
