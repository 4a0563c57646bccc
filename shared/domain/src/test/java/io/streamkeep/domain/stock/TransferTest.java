package io.streamkeep.domain.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.command.StreamStates;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TransferTest {

  private static final StreamRef<StockEvent, Stock> YORK = Stock.at("22084", "york");
  private static final StreamRef<StockEvent, Stock> LEEDS = Stock.at("22084", "leeds");

  private final EventStore store = new InMemoryEventStore();
  private final OptimisticCommandExecutor transactor =
      new OptimisticCommandExecutor(
          store,
          InstantSource.fixed(Instant.EPOCH),
          Sleeper.real(() -> new Random(1)),
          Duration.ZERO,
          0);
  private final CommandHandler<StockCommand, StockEvent, Stock> handler =
      new CommandHandler<>(transactor, new StockDecider(), Stock.AGGREGATE);

  @Test
  void transfer_movesStockBetweenPlaces() {
    receive(YORK, 12);
    Transfer transfer = new Transfer("move-1", "22084", "york", "leeds", 4);

    Outcome<StreamStates> outcome = transfer(transfer);

    assertThat(outcome.map(states -> List.of(states.of(YORK), states.of(LEEDS))))
        .isEqualTo(new Outcome.Completed<>(List.of(new Stock(8), new Stock(4)), 2));
    assertThat(store.load(YORK.stream()).commits().getLast().events())
        .containsExactly(
            new RecordedEvent(
                "stock.sent", 1, "{\"transfer\":\"move-1\",\"to\":\"leeds\",\"quantity\":4}"));
    assertThat(store.load(LEEDS.stream()).commits().getLast().events())
        .containsExactly(
            new RecordedEvent(
                "stock.arrived", 1, "{\"transfer\":\"move-1\",\"from\":\"york\",\"quantity\":4}"));
  }

  @Test
  void transfer_isRejected_whenTheSourceHasTooFew() {
    receive(YORK, 3);

    assertThat(code(transfer(new Transfer("move-1", "22084", "york", "leeds", 4))))
        .isEqualTo("stock-too-low");
    assertThat(store.load(YORK.stream()).commits()).hasSize(1);
    assertThat(store.load(LEEDS.stream()).commits()).isEmpty();
  }

  @Test
  void transfer_isRejected_whenTheDestinationWouldOverflow() {
    receive(YORK, 1);
    receive(LEEDS, 1_000_000_000);

    assertThat(code(transfer(new Transfer("move-1", "22084", "york", "leeds", 1))))
        .isEqualTo("stock-overflow");
    assertThat(store.load(YORK.stream()).commits()).hasSize(1);
    assertThat(store.load(LEEDS.stream()).commits()).hasSize(1);
  }

  @Test
  void transfer_needsTwoDifferentPlaces() {
    assertThatThrownBy(() -> new Transfer("m", "22084", "york", "york", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transfer("", "22084", "york", "leeds", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transfer("m", "22084", "york", "a/b", 1).refs())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void receive(StreamRef<StockEvent, Stock> at, long quantity) {
    String id = "receive-" + at.stream();
    Outcome<Stock> outcome =
        handler.handle(at.stream(), request(id, new StockCommand.Receive(quantity)), i -> {});
    assertThat(outcome).isEqualTo(new Outcome.Completed<>(new Stock(quantity), 1));
  }

  private Outcome<StreamStates> transfer(Transfer transfer) {
    return transactor.handle(
        transfer.refs(), request(transfer.id(), transfer), transfer::decide, i -> {});
  }

  private static String code(Outcome<?> outcome) {
    return outcome instanceof Outcome.Rejected<?>(Rejection no) ? no.code() : outcome.toString();
  }

  private static <C> CommandEnvelope<C> request(String id, C command) {
    return new CommandEnvelope<>(
        new CommandId(id),
        new Fingerprint(id),
        commit -> true,
        Instant.MAX,
        Metadata.NONE,
        command);
  }
}
