package io.streamkeep.retail;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.bench.SignedRequest;
import io.streamkeep.bench.Tables;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderCommand;
import io.streamkeep.domain.order.OrderDecider;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderEventCodec;
import io.streamkeep.domain.order.OrderStateCodec;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Carries out commands as the command function does, and tells what each of them cost. */
final class MeteredOrders {

  /** What the command function keeps. */
  private static final long WARM_BYTES = 4L * 1024 * 1024;

  /** The time of all of it, so that every run comes to the same. */
  static final Instant NOW = Instant.parse("2026-03-02T09:05:00.123Z");

  private final Tables tables;
  private final CostMeter meter;
  private final CommandHandler<OrderCommand, OrderEvent, Order> handler;

  MeteredOrders(Tables tables) {
    this.tables = tables;
    this.meter = tables.meter();
    OrderDecider decider = new OrderDecider();
    this.handler =
        new CommandHandler<>(
            new OptimisticCommandExecutor(
                new DynamoEventStore(tables.client(meter), Tables.EVENTS),
                InstantSource.fixed(NOW),
                Sleeper.real(SecureRandom::new),
                Clients.CALL_TIME,
                WARM_BYTES),
            decider,
            new Aggregate<>(decider, new OrderEventCodec(), new OrderStateCodec()));
  }

  /** A commit that a command made. */
  record Written(Commit commit, Units units, double readUnits) {

    /** Of its events as JSON. */
    long bytes() {
      return commit.events().stream().mapToLong(event -> event.data().getBytes(UTF_8).length).sum();
    }
  }

  /** Nothing if it is refused. */
  Optional<Written> handle(StreamId stream, CommandId id, OrderCommand command) {
    Cost before = meter.cost();
    Outcome<Order> outcome = handler.handle(stream, request(id, command), incident -> {});
    Cost cost = meter.cost().minus(before);
    return switch (outcome) {
      case Outcome.Completed<Order> done -> Optional.of(written(item(stream, done.commit()), cost));
      case Outcome.Rejected<Order> rejected -> Optional.empty();
      case Outcome.TooLarge<Order> tooLarge -> Optional.empty();
      default -> throw new IllegalStateException("Not what was to be measured: " + outcome);
    };
  }

  private static CommandEnvelope<OrderCommand> request(CommandId id, OrderCommand command) {
    byte[] body = id.value().getBytes(UTF_8);
    return new CommandEnvelope<>(
        id,
        Fingerprint.of("POST /orders", body),
        commit -> true,
        Instant.MAX,
        SignedRequest.metadata(UUID.nameUUIDFromBytes(body).toString()),
        command);
  }

  private Map<String, AttributeValue> item(StreamId stream, long commit) {
    Map<String, AttributeValue> key =
        Map.of("stream", fromS(stream.toString()), "commit", fromN(Long.toString(commit)));
    return tables.plain().getItem(get -> get.tableName(Tables.EVENTS).key(key)).item();
  }

  private static Written written(Map<String, AttributeValue> item, Cost cost) {
    long before = ItemSize.writeUnits(ItemSize.of(PlainItem.of(item)));
    return new Written(
        CommitItem.read(item), new Units(before, cost.writeUnits()), cost.readUnits());
  }
}
