package io.streamkeep.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A client that executes commands in this process as the command function does. */
final class CommandClient<C, E, S> {

  /** The cache size of the command function. */
  static final long WARM = 4L * 1024 * 1024;

  /** No cache, as if each command ran in a new environment. */
  static final long COLD = 0;

  static final String ACTOR = "arn:aws:sts::123456789012:assumed-role/warehouse/terminal-17";

  private final CommandHandler<C, E, S> handler;

  CommandClient(
      DynamoDbClient client,
      long cacheBytes,
      AggregateModule<C, E, S> module,
      InstantSource clock,
      Sleeper sleeper) {
    OptimisticCommandExecutor executor =
        new OptimisticCommandExecutor(
            DynamoEventStore.unsampled(client, Tables.EVENTS),
            clock,
            sleeper,
            Clients.CALL_TIME,
            cacheBytes);
    this.handler = new CommandHandler<>(executor, module.decider(), module.aggregate());
  }

  /** A client that uses the system clock. */
  CommandClient(DynamoDbClient client, long cacheBytes, AggregateModule<C, E, S> module) {
    this(client, cacheBytes, module, InstantSource.system(), Sleeper.real(SecureRandom::new));
  }

  Outcome<S> handle(StreamId stream, CommandId id, C command, Consumer<AttemptEvent> observer) {
    CommandEnvelope<C> envelope =
        new CommandEnvelope<>(
            id, fingerprint(id), commit -> true, Instant.MAX, metadata(id), command);
    return handler.handle(stream, envelope, observer);
  }

  /** The id of the stream's nth command. */
  static CommandId id(StreamId stream, long number) {
    return new CommandId(uuid(stream + "/" + number));
  }

  static Fingerprint fingerprint(CommandId id) {
    return Fingerprint.of("POST /bench", id.value().getBytes(UTF_8));
  }

  /** Metadata as a signed and traced request has. */
  static Metadata metadata(CommandId id) {
    String request = uuid(id.value());
    String trace = request.replace("-", "");
    return new Metadata(
        new Actor(ACTOR),
        new CorrelationId(request),
        new CausationId(request),
        new TraceContext("00-" + trace + "-" + trace.substring(16) + "-01", null),
        null);
  }

  private static String uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }
}
