package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.InvocationResult;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of a batch, by the function's answer. */
sealed interface BatchOutcome {
  /** All of it is done. */
  record Succeeded() implements BatchOutcome {}

  /** All but these items, by their places in the batch; at least one. */
  record Partial(Set<Integer> failed) implements BatchOutcome {}

  /** None of it: the function failed, or its answer makes no sense. */
  record Failed() implements BatchOutcome {}

  /**
   * Reads the answer.
   *
   * @param partial whether the mapping asks which items failed (ReportBatchItemFailures)
   * @param ids what items are known by in the answer
   */
  static BatchOutcome of(InvocationResult result, boolean partial, List<String> ids) {
    if (result.failed()) {
      return new Failed();
    }
    if (!partial || result.payload().isBlank()) {
      return new Succeeded();
    }
    try (JsonReader reader = Json.createReader(new StringReader(result.payload()))) {
      return of(reader.readValue(), ids);
    } catch (JsonException | ClassCastException e) {
      return new Failed();
    }
  }

  private static BatchOutcome of(JsonValue answer, List<String> ids) {
    JsonValue failures =
        answer == JsonValue.NULL
            ? JsonValue.NULL
            : answer.asJsonObject().getOrDefault("batchItemFailures", JsonValue.NULL);
    if (failures == JsonValue.NULL || failures.asJsonArray().isEmpty()) {
      return new Succeeded();
    }
    Set<Integer> failed =
        failures.asJsonArray().stream()
            .map(failure -> ids.indexOf(identifier(failure)))
            .collect(Collectors.toSet());
    return failed.contains(-1) ? new Failed() : new Partial(failed);
  }

  private static String identifier(JsonValue failure) {
    return failure.asJsonObject().get("itemIdentifier") instanceof JsonString text
        ? text.getString()
        : "";
  }
}
