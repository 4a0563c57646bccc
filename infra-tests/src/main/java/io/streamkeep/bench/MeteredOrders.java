package io.streamkeep.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderCommand;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Handles commands on orders and counts the cost of each. */
final class MeteredOrders {

  /** The time of all commands, so that every run costs the same. */
  static final Instant NOW = Instant.parse("2026-03-02T09:05:00.123Z");

  private final Tables tables;
  private final CostMeter meter;
  private final CommandClient<OrderCommand, OrderEvent, Order> client;

  MeteredOrders(Tables tables) {
    this.tables = tables;
    this.meter = tables.meter();
    this.client =
        new CommandClient<>(
            tables.client(meter),
            CommandClient.WARM,
            OrderModule.ORDER,
            InstantSource.fixed(NOW),
            Sleeper.real(SecureRandom::new));
  }

  /** A commit and the cost of its command. */
  record Written(Commit commit, Units units, double readUnits) {

    /** The kind of commit: the last part of its first event's type. */
    String kind() {
      String type = commit.events().getFirst().type();
      return type.substring(type.lastIndexOf('.') + 1);
    }

    /** The bytes of its events as JSON. */
    long bytes() {
      return commit.events().stream().mapToLong(event -> event.data().getBytes(UTF_8).length).sum();
    }
  }

  /** Returns the commit, or nothing if the command is rejected or too large. */
  Optional<Written> handle(StreamId stream, CommandId id, OrderCommand command) {
    Cost before = meter.cost();
    Outcome<Order> outcome = client.handle(stream, id, command, incident -> {});
    Cost cost = meter.cost().minus(before);
    return switch (outcome) {
      case Outcome.Completed<Order> done -> Optional.of(written(item(stream, done.commit()), cost));
      case Outcome.Rejected<Order> rejected -> Optional.empty();
      case Outcome.TooLarge<Order> tooLarge -> Optional.empty();
      default -> throw new IllegalStateException("Expected an answer of the domain: " + outcome);
    };
  }

  private Map<String, AttributeValue> item(StreamId stream, long commit) {
    Map<String, AttributeValue> key =
        Map.of("stream", fromS(stream.toString()), "commit", fromN(Long.toString(commit)));
    return tables.plain().getItem(get -> get.tableName(Tables.EVENTS).key(key)).item();
  }

  private static Written written(Map<String, AttributeValue> item, Cost cost) {
    Units units = new Units(PlainItem.writeUnits(item), cost.writeUnits());
    return new Written(CommitItem.read(item), units, cost.readUnits());
  }
}
