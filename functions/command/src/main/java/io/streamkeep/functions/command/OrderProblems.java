package io.streamkeep.functions.command;

import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.Problem.InputError;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.domain.json.Decoded;
import io.streamkeep.domain.json.FieldError;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Rejection;
import java.util.List;

/** What a client is told of a command that was not carried out. */
final class OrderProblems {

  private OrderProblems() {}

  static <T> T orBadInput(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Valid<T>(T value) -> value;
      case Decoded.Invalid<T>(List<FieldError> errors) ->
          throw Problem.badInput(errors.stream().map(OrderProblems::inputError).toList())
              .exception();
    };
  }

  private static InputError inputError(FieldError error) {
    return new InputError.At(error.pointer(), error.detail());
  }

  static ProblemException of(Rejection rejection) {
    int status =
        switch (rejection.kind()) {
          case UNKNOWN -> 404;
          case STATE -> 409;
          case INPUT -> 422;
        };
    return Problem.of(status, rejection.code(), "Rejected", rejection.detail()).exception();
  }

  static ProblemException unknown() {
    return Problem.of(404, "order-unknown", "Rejected", "There is no such order.").exception();
  }

  static ProblemException keyReused() {
    return Problem.of(
            422,
            "idempotency-key-reused",
            "Idempotency key reused",
            "The Idempotency-Key was used before for another request.")
        .exception();
  }

  static ProblemException preconditionFailed(long commit) {
    return Problem.of(
            412,
            "precondition-failed",
            "Precondition failed",
            "The If-Match does not hold: the order is at commit " + commit + ".")
        .exception();
  }

  static ProblemException contended(int tries) {
    return Problem.of(
            409,
            "contended",
            "Too many writers",
            "Others changed the order at every one of " + tries + " tries; try again.")
        .exception();
  }

  static ProblemException tooLarge(EventStore.Limit limit, long size) {
    String what =
        switch (limit) {
          case COMMIT_BYTES -> "what a command changes in an order has at most %d bytes as stored";
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

  static ProblemException outOfTime() {
    return Problem.unavailable(
            "out-of-time",
            "There was not enough time left to carry it out; nothing was written. Try again.")
        .exception();
  }
}
