package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.Shelf.Level;
import io.streamkeep.bench.Shelf.Move;
import io.streamkeep.bench.Shelf.Moved;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One execution environment that carries out commands, as the command function does. */
final class Commander {

  /** What the command function keeps. */
  static final long WARM = 4L * 1024 * 1024;

  /** Every command is as if the environment were new. */
  static final long COLD = 0;

  private final CommandHandler<Move, Moved, Level> handler;

  Commander(DynamoDbClient client, long warmBytes) {
    this(client, warmBytes, Shelf.AGGREGATE, Sleeper.real(SecureRandom::new));
  }

  Commander(DynamoDbClient client, long warmBytes, Aggregate<Moved, Level> aggregate, Sleeper pause) {
    OptimisticCommandExecutor transactor =
        new OptimisticCommandExecutor(
            new DynamoEventStore(client, Tables.EVENTS),
            InstantSource.system(),
            pause,
            Duration.ZERO,
            warmBytes);
    this.handler = new CommandHandler<>(transactor, Shelf.decider(), aggregate);
  }

  Outcome<Level> handle(StreamId stream, CommandId id, Move move, Consumer<AttemptEvent> incidents) {
    CommandEnvelope<Move> request =
        new CommandEnvelope<>(
            id,
            fingerprint(id),
            commit -> true,
            Instant.MAX,
            SignedRequest.metadata(id.value()),
            move);
    return handler.handle(stream, request, incidents);
  }

  /** The id of a stream's command of that number. */
  static CommandId id(StreamId stream, int number) {
    byte[] name = (stream + "/" + number).getBytes(StandardCharsets.UTF_8);
    return new CommandId(UUID.nameUUIDFromBytes(name).toString());
  }

  static Fingerprint fingerprint(CommandId id) {
    return Fingerprint.of("POST /shelf", id.value().getBytes(StandardCharsets.UTF_8));
  }
}
