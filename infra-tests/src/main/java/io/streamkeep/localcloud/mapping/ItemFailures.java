package io.streamkeep.localcloud.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamkeep.localcloud.lambda.InvocationResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The items of a batch that a function reports as failed. */
final class ItemFailures {
  private static final JsonMapper JSON = new JsonMapper();

  private ItemFailures() {}

  /**
   * Returns the indexes of the failed items; empty if the whole batch failed, because the function
   * did or its response is invalid.
   *
   * @param partial true if the mapping asks which items failed (ReportBatchItemFailures)
   * @param ids the ids by which a response names the batch's items; an item may be there twice
   */
  static Optional<List<Integer>> of(InvocationResult result, boolean partial, List<String> ids) {
    if (result.failed()) {
      return Optional.empty();
    }
    if (!partial || result.payload().isBlank()) {
      return Optional.of(List.of());
    }
    try {
      return identifiers(JSON.readTree(result.payload()))
          .filter(ids::containsAll)
          .map(failed -> places(ids, failed));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The identifiers in a response; empty for an invalid response. */
  private static Optional<Set<String>> identifiers(JsonNode answer) {
    JsonNode failures = answer.path("batchItemFailures");
    if (answer.isNull() || (answer.isObject() && (failures.isMissingNode() || failures.isNull()))) {
      return Optional.of(Set.of());
    }
    return failures.isArray()
        ? Optional.of(
            failures
                .valueStream()
                .map(failure -> failure.path("itemIdentifier"))
                .map(id -> id.isTextual() ? id.textValue() : "")
                .collect(Collectors.toSet()))
        : Optional.empty();
  }

  private static List<Integer> places(List<String> ids, Set<String> failed) {
    return IntStream.range(0, ids.size())
        .filter(place -> failed.contains(ids.get(place)))
        .boxed()
        .toList();
  }
}
