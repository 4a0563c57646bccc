package io.streamkeep.api;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.ReadResult;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.store.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Generates random commands for one new stream of any aggregate. Bodies vary the examples of the
 * API document, and the aggregate's own rules accept each command.
 */
public final class CommandGenerator<C, E, S> {

  /** The number of bodies to try before a stream counts as finished. */
  private static final int ATTEMPTS = 100;

  private final AggregateModule<C, E, S> module;
  private final ExampleBodies examples;
  private final Map<String, List<String>> samples;
  private final Random random;
  private S state;
  private boolean created;

  /**
   * Starts with a stream that does not exist yet.
   *
   * @param samples bodies by operationId, used instead of generated ones
   */
  public CommandGenerator(
      AggregateModule<C, E, S> module,
      ExampleBodies examples,
      Map<String, List<String>> samples,
      Random random) {
    this.module = module;
    this.examples = examples;
    this.samples = samples;
    this.random = random;
    this.state = module.decider().initial();
  }

  /** A request and the events of the resulting commit. */
  public record GeneratedCommand(
      CommandOperation<?> operation, String body, List<RecordedEvent> events) {}

  /** Returns the next command that changes the stream; empty if none is found. */
  public Optional<GeneratedCommand> next() {
    List<CommandOperation<C>> operations =
        module.commands().stream().filter(operation -> operation.creates() != created).toList();
    for (int i = 0; i < ATTEMPTS && !operations.isEmpty(); i++) {
      CommandOperation<C> operation = operations.get(random.nextInt(operations.size()));
      String body = body(operation.operationId());
      List<E> events = decide(operation, body);
      if (!events.isEmpty()) {
        events.forEach(event -> state = module.decider().evolve(state, event));
        created = true;
        return Optional.of(
            new GeneratedCommand(
                operation,
                body,
                events.stream().map(module.aggregate().events()::encode).toList()));
      }
    }
    return Optional.empty();
  }

  private String body(String operation) {
    List<String> bodies = samples.getOrDefault(operation, List.of());
    return bodies.isEmpty()
        ? examples.body(operation, random)
        : bodies.get(random.nextInt(bodies.size()));
  }

  /** The resulting events; none if the command is invalid or rejected. */
  private List<E> decide(CommandOperation<C> operation, String body) {
    ReadResult<C> command =
        ObjectReader.<C>read(
            StrictJson.parse(body), json -> operation.reader().read(json, Instant.now()));
    return command instanceof ReadResult.Valid<C>(C valid)
            && module.decider().decide(valid, state) instanceof Decision.Accepted<E>(List<E> events)
        ? events
        : List.of();
  }
}
