package io.streamkeep.api;

import com.fasterxml.jackson.databind.JsonNode;
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
 * Random commands on one new stream of any aggregate: their bodies are what the API's document
 * allows, and the aggregate's own rules accept them.
 */
public final class CommandGenerator<C, E, S> {

  /** The number of bodies to draw before a stream is given up as finished. */
  private static final int ATTEMPTS = 300;

  private final AggregateModule<C, E, S> module;
  private final Map<String, JsonNode> schemas;
  private final Map<String, List<String>> samples;
  private final Random random;
  private S state;
  private boolean created;

  /**
   * Starts a stream.
   *
   * @param schemas of bodies by operationId; an operation without one takes an empty object
   * @param samples bodies by operationId, to be used instead of random ones
   */
  public CommandGenerator(
      AggregateModule<C, E, S> module,
      Map<String, JsonNode> schemas,
      Map<String, List<String>> samples,
      Random random) {
    this.module = module;
    this.schemas = schemas;
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
    JsonNode schema = schemas.get(operation);
    if (bodies.isEmpty()) {
      return schema == null ? "{}" : new BodyGenerator(schema, random).valid().toString();
    }
    return bodies.get(random.nextInt(bodies.size()));
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
