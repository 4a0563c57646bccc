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
import java.util.stream.IntStream;

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
    Set<String> named =
        failures.asJsonArray().stream().map(BatchOutcome::identifier).collect(Collectors.toSet());
    // an item may be in the batch twice
    return ids.containsAll(named)
        ? new Partial(
            IntStream.range(0, ids.size())
                .filter(place -> named.contains(ids.get(place)))
                .boxed()
                .collect(Collectors.toSet()))
        : new Failed();
  }

  private static String identifier(JsonValue failure) {
    return failure.asJsonObject().get("itemIdentifier") instanceof JsonString text
        ? text.getString()
        : "";
  }
}
