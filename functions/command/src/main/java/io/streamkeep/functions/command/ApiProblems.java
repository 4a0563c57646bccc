package io.streamkeep.functions.command;

import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.Problem.InputError;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.domain.json.FieldError;
import io.streamkeep.domain.json.ReadResult;
import java.util.List;

/** Problems that are answered before a command is executed. */
final class ApiProblems {

  private ApiProblems() {}

  static <T> T orBadInput(ReadResult<T> result) {
    return switch (result) {
      case ReadResult.Valid<T>(T value) -> value;
      case ReadResult.Invalid<T>(List<FieldError> errors) ->
          throw Problem.badInput(errors.stream().map(ApiProblems::inputError).toList()).exception();
    };
  }

  private static InputError inputError(FieldError error) {
    return new InputError.At(error.pointer(), error.detail());
  }

  static ProblemException unknown(String category) {
    return Problem.of(404, category + "-unknown", "Rejected", "There is no such " + category + ".")
        .exception();
  }
}
