package io.streamkeep.functions.command;

import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.Problem.InputError;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.domain.json.Decoded;
import io.streamkeep.domain.json.FieldError;
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

  static ProblemException unknown() {
    return Problem.of(404, "order-unknown", "Rejected", "There is no such order.").exception();
  }
}
