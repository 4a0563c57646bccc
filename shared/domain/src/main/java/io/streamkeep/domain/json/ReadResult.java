package io.streamkeep.domain.json;

import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;
import java.util.stream.Collectors;

/** A value read from JSON, or all errors found in it. */
public sealed interface ReadResult<T> {

  /** No errors. */
  record Valid<T>(T value) implements ReadResult<T> {}

  /** At least one error, at most {@value ObjectReader#MAX_ERRORS}. */
  record Invalid<T>(List<FieldError> errors) implements ReadResult<T> {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  /** The value of something stored; throws {@link UnreadableException} if it has errors. */
  default T orThrow(String what) {
    return switch (this) {
      case Valid<T>(T value) -> value;
      case Invalid<T>(List<FieldError> errors) ->
          throw new UnreadableException(
              what
                  + " is broken: "
                  + errors.stream()
                      .map(error -> (error.pointer() + " " + error.detail()).strip())
                      .collect(Collectors.joining(", ")));
    };
  }

  static <T> ReadResult<T> invalid(String pointer, String detail) {
    return new Invalid<>(List.of(new FieldError(pointer, detail)));
  }
}
