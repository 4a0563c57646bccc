package io.streamkeep.e2e.support;

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
 * The commands of a registered aggregate with the bodies that the API document has as examples, and
 * what the aggregate's rules say about them.
 */
public record AggregateExamples<C, E, S>(AggregateModule<C, E, S> module) {

  private static final ApiDocument DOCUMENT = ApiDocument.read(LocalCloudExtension.API);

  /** All aggregates, by category. */
  public static Stream<Named<AggregateModule<?, ?, ?>>> registered() {
    return Registry.aggregates().stream().map(module -> Named.of(module.category(), module));
  }

  /** Those whose commands the API offers. */
  public static Stream<Named<AggregateModule<?, ?, ?>>> served() {
    return registered().filter(module -> !module.getPayload().commands().isEmpty());
  }

  /** The command that starts a stream. */
  public CommandOperation<C> creation() {
    return module.commands().stream()
        .filter(CommandOperation::creates)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No command creates a " + module.category()));
  }

  /** The commands on a stream that exists. */
  public List<CommandOperation<C>> changes() {
    return module.commands().stream().filter(operation -> !operation.creates()).toList();
  }

  /** Orders in which the commands on one stream come: all of them, and each one alone. */
  public List<List<CommandOperation<C>>> lives() {
    List<List<CommandOperation<C>>> lives = new ArrayList<>(List.of(changes()));
    changes().forEach(change -> lives.add(List.of(change)));
    return lives;
  }

  public static ApiDocument.Operation document(String operationId) {
    return DOCUMENT.operation(operationId);
  }

  /** The example of an operation's body; empty if a body needs no field. */
  public static String body(CommandOperation<?> operation) {
    ApiDocument.Operation document = document(operation.operationId());
    if (document.requiredFields().isEmpty()) {
      return "";
    }
    String missing = "Add an example of the body of " + document + " to the API document";
    return Objects.requireNonNull(document.example(), missing).toString();
  }

  /** The command that an operation's example asks for. */
  public C command(CommandOperation<C> operation, Instant now) {
    String body = body(operation);
    return ObjectReader.<C>read(
            StrictJson.parse(body.isEmpty() ? "{}" : body),
            json -> operation.reader().read(json, now))
        .orThrow("The example of " + operation.operationId());
  }

  /** What the rules say to an operation's example after some commits. */
  public Decision<E> decide(CommandOperation<C> operation, List<Commit> commits) {
    return module.decider().decide(command(operation, Instant.now()), state(commits));
  }

  /** What the last command of some is to answer. */
  public String answer(String key, List<Commit> commits) {
    return module.answer().apply(key, state(commits)).toString();
  }

  /** The state after some commits. */
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
