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
 * Random commands on one new stream of any aggregate: bodies like the examples of the API's
 * document, of which the aggregate's own rules accept each.
 */
public final class CommandGenerator<C, E, S> {

  /** The number of bodies to draw before a stream is given up as finished. */
  private static final int ATTEMPTS = 100;

  private final AggregateModule<C, E, S> module;
  private final ExampleBodies examples;
  private final Map<String, List<String>> samples;
  private final Random random;
  private S state;
  private boolean created;

  /**
   * Starts a stream.
   *
   * @param samples bodies by operationId, to be used in place of those like examples
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

  /** A request, and the events of the commit that it results in. */
  public record GeneratedCommand(
      CommandOperation<?> operation, String body, List<RecordedEvent> events) {}

  /** The next command that changes the stream; empty if none is found. */
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

  /** The events that the command results in; none if it is invalid or rejected. */
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
