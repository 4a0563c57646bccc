package io.streamkeep.e2e.support;

import io.streamkeep.api.ApiDocument;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * The commands of a registered aggregate, with the example bodies of the API document and the
 * aggregate's own decisions on them.
 */
public record AggregateExamples<C, E, S>(AggregateModule<C, E, S> module) {

  private static final ApiDocument DOCUMENT = ApiDocument.read(LocalCloudExtension.API);

  /** All aggregates, by category. */
  public static Stream<Named<AggregateModule<?, ?, ?>>> registered() {
    return Registry.aggregates().stream().map(module -> Named.of(module.category(), module));
  }

  /** The aggregates whose commands the API exposes. */
  public static Stream<Named<AggregateModule<?, ?, ?>>> exposed() {
    return registered().filter(module -> !module.getPayload().commands().isEmpty());
  }

  /** The command that starts a stream. */
  public CommandOperation<C> creation() {
    return module.commands().stream()
        .filter(CommandOperation::creates)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No command creates a " + module.category()));
  }

  /** The commands on an existing stream. */
  public List<CommandOperation<C>> changes() {
    return module.commands().stream().filter(operation -> !operation.creates()).toList();
  }

  /** Sequences of commands to send to one stream: all of them in turn, and each one alone. */
  public List<List<CommandOperation<C>>> sequences() {
    List<List<CommandOperation<C>>> sequences = new ArrayList<>(List.of(changes()));
    changes().forEach(change -> sequences.add(List.of(change)));
    return sequences;
  }

  public static ApiDocument.Operation document(String operationId) {
    return DOCUMENT.operation(operationId);
  }

  /** The example body of an operation; empty if no field is required. */
  public static String body(CommandOperation<?> operation) {
    ApiDocument.Operation document = document(operation.operationId());
    if (document.requiredFields().isEmpty()) {
      return "";
    }
    String missing = "Add an example body for " + document + " to the API document";
    return Objects.requireNonNull(document.example(), missing).toString();
  }

  /** The command in an operation's example body. */
  public C command(CommandOperation<C> operation, Instant now) {
    String body = body(operation);
    return ObjectReader.<C>read(
            StrictJson.parse(body.isEmpty() ? "{}" : body),
            json -> operation.reader().read(json, now))
        .orThrow("The example body of " + operation.operationId());
  }

  /** The decision on an operation's example after these commits. */
  public Decision<E> decide(CommandOperation<C> operation, List<Commit> commits) {
    return module.decider().decide(command(operation, Instant.now()), state(commits));
  }

  /** The expected response body of the command that made the last of these commits. */
  public String answer(String key, List<Commit> commits) {
    return module.answer().apply(key, state(commits)).toString();
  }

  /** The state after these commits. */
  public S state(List<Commit> commits) {
    S state = module.decider().initial();
    for (Commit commit : commits) {
      for (RecordedEvent event : commit.events()) {
        state = module.decider().evolve(state, module.aggregate().events().decode(event));
      }
    }
    return state;
  }
}
