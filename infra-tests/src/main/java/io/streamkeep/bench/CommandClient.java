package io.streamkeep.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.kernel.Actor;
import io.streamkeep.kernel.Aggregate;
import io.streamkeep.kernel.CausationId;
import io.streamkeep.kernel.CommandHandler;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.Decider;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Incident;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.kernel.Pause;
import io.streamkeep.kernel.Request;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.TraceContext;
import io.streamkeep.kernel.Transactor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An execution environment that handles commands as the command function does. */
final class CommandClient<C, E, S> {

  /** The size of the command function's cache. */
  static final long WARM = 4L * 1024 * 1024;

  /** No cache, as if each command had a new environment. */
  static final long COLD = 0;

  static final String ACTOR = "arn:aws:sts::123456789012:assumed-role/warehouse/terminal-17";

  private final CommandHandler<C, E, S> handler;

  CommandClient(
      DynamoDbClient client,
      long cacheBytes,
      Decider<C, E, S> decider,
      Aggregate<E, S> aggregate,
      InstantSource clock,
      Pause pause) {
    DynamoEventStore store = new DynamoEventStore(client, Tables.EVENTS);
    this.handler =
        new CommandHandler<>(
            new Transactor(store, clock, pause, Clients.CALL_TIME, cacheBytes), decider, aggregate);
  }

  Outcome<S> handle(StreamId stream, CommandId id, C command, Consumer<Incident> incidents) {
    Request<C> request =
        new Request<>(id, fingerprint(id), commit -> true, Instant.MAX, metadata(id), command);
    return handler.handle(stream, request, incidents);
  }

  /** The id of a stream's command with this number. */
  static CommandId id(StreamId stream, long number) {
    return new CommandId(uuid(stream + "/" + number));
  }

  static Fingerprint fingerprint(CommandId id) {
    return Fingerprint.of("POST /bench", id.value().getBytes(UTF_8));
  }

  /** The metadata of a request that is signed and traced. */
  static Metadata metadata(CommandId id) {
    String request = uuid(id.value());
    return new Metadata(
        new Actor(ACTOR),
        new CorrelationId(request),
        new CausationId(request),
        new TraceContext(traceparent(request), null),
        null);
  }

  static String traceparent(String request) {
    String trace = request.replace("-", "");
    return "00-" + trace + "-" + trace.substring(16) + "-01";
  }

  private static String uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }
}
