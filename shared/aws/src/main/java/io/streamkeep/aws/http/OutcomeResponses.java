package io.streamkeep.aws.http;

import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore;
import java.util.function.Consumer;

/** Translates the outcome of a command into responses, metrics and log fields. */
public final class OutcomeResponses {

  private OutcomeResponses() {}

  /** Counts the events of a command's attempts. */
  public static Consumer<AttemptEvent> attemptEvents(LogLine line) {
    return event ->
        line.count(
            switch (event) {
              case CONFLICT -> Metric.CONFLICTS;
              case TRANSACTION_CONFLICT -> Metric.TRANSACTION_CONFLICTS;
              case THROTTLED -> Metric.THROTTLED;
              case SNAPSHOT_LEFT_OUT -> Metric.SNAPSHOTS_LEFT_OUT;
            },
            1);
  }

  /** The completed command; any other outcome is thrown as a problem. */
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
      case Outcome.CommandIdReused<S>() ->
          throw problem(
              422,
              "idempotency-key-reused",
              "Idempotency key reused",
              "The Idempotency-Key was used before for another request.");
      case Outcome.PreconditionFailed<S>(long commit) -> {
        line.number("commit", commit);
        throw Problem.preconditionFailed(commit).exception();
      }
      case Outcome.RetriesExhausted<S>(int attempts) -> {
        line.count(Metric.RETRIES_EXHAUSTED, 1);
        throw problem(
            409,
            "contended",
            "Too many writers",
            "Concurrent changes won all " + attempts + " attempts; try again.");
      }
      case Outcome.TooLarge<S>(EventStore.Limit limit, long size) -> throw tooLarge(limit, size);
      case Outcome.DeadlineExceeded<S>() ->
          throw Problem.unavailable(
                  "out-of-time", "There was not enough time left; nothing was written. Try again.")
              .exception();
    };
  }

  private static ProblemException problem(int status, String code, String title, String detail) {
    return Problem.of(status, code, title, detail).exception();
  }

  private static ProblemException rejected(Rejection rejection) {
    int status =
        switch (rejection.kind()) {
          case UNKNOWN -> 404;
          case STATE -> 409;
          case INPUT -> 422;
        };
    return problem(status, rejection.code(), "Rejected", rejection.detail());
  }

  private static ProblemException tooLarge(EventStore.Limit limit, long size) {
    String what =
        switch (limit) {
          case COMMIT_BYTES -> "one aggregate's changes take at most %d bytes as stored";
          case APPEND_BYTES -> "a command's changes take at most %d bytes as stored";
          case STREAMS -> "a command involves at most %d aggregates";
        };
    return problem(
        413,
        "too-large",
        "Too large",
        "It can't be stored: " + what.formatted(limit.max()) + ", this one " + size + ".");
  }
}
