package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.lambda.InvocationResult;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A function's answer to a batch. */
final class BatchResponse {
  private BatchResponse() {}

  /**
   * Returns the places of the items that failed; empty if the whole batch did, because the function
   * failed or its answer makes no sense.
   *
   * @param partial true if the mapping asks which items failed (ReportBatchItemFailures)
   * @param ids the ids of the batch's items in the answer; an item may be in the batch twice
   */
  static Optional<List<Integer>> failures(
      InvocationResult result, boolean partial, List<String> ids) {
    if (result.failed()) {
      return Optional.empty();
    }
    if (!partial || result.payload().isBlank()) {
      return Optional.of(List.of());
    }
    try (JsonReader reader = Json.createReader(new StringReader(result.payload()))) {
      Set<String> failed = identifiers(reader.readValue());
      return Optional.of(ids)
          .filter(known -> known.containsAll(failed))
          .map(known -> places(known, failed));
    } catch (JsonException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static Set<String> identifiers(JsonValue answer) {
    JsonValue failures =
        answer == JsonValue.NULL
            ? JsonValue.NULL
            : answer.asJsonObject().getOrDefault("batchItemFailures", JsonValue.NULL);
    return failures == JsonValue.NULL
        ? Set.of()
        : failures.asJsonArray().stream()
            .map(failure -> failure.asJsonObject().get("itemIdentifier"))
            .map(id -> id instanceof JsonString text ? text.getString() : "")
            .collect(Collectors.toSet());
  }

  private static List<Integer> places(List<String> ids, Set<String> failed) {
    return IntStream.range(0, ids.size())
        .filter(place -> failed.contains(ids.get(place)))
        .boxed()
        .toList();
  }
}
