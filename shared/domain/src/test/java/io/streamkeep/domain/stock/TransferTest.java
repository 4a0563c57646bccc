package io.streamkeep.domain.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.CommandHandler;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.kernel.Participant;
import io.streamkeep.kernel.Pause;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.Rejection;
import io.streamkeep.kernel.Request;
import io.streamkeep.kernel.States;
import io.streamkeep.kernel.Transactor;
import io.streamkeep.testkit.InMemoryEventStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TransferTest {

  private static final Participant<StockEvent, Stock> YORK = Stock.at("22084", "york");
  private static final Participant<StockEvent, Stock> LEEDS = Stock.at("22084", "leeds");

  private final EventStore store = new InMemoryEventStore();
  private final Transactor transactor =
      new Transactor(
          store,
          InstantSource.fixed(Instant.EPOCH),
          Pause.real(() -> new Random(1)),
          Duration.ZERO,
          0);
  private final CommandHandler<StockCommand, StockEvent, Stock> handler =
      new CommandHandler<>(transactor, new StockDecider(), Stock.AGGREGATE);

  @Test
  void whatIsSentHereArrivesThere() {
    receive(YORK, 12);
    Transfer transfer = new Transfer("move-1", "22084", "york", "leeds", 4);

    Outcome<States> outcome = transfer(transfer);

    assertThat(outcome.map(states -> List.of(states.of(YORK), states.of(LEEDS))))
        .isEqualTo(new Outcome.Done<>(List.of(new Stock(8), new Stock(4)), 2));
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
  void whatIsNotThereIsNotTransferred() {
    receive(YORK, 3);

    assertThat(code(transfer(new Transfer("move-1", "22084", "york", "leeds", 4))))
        .isEqualTo("stock-too-low");
    assertThat(store.load(YORK.stream()).commits()).hasSize(1);
    assertThat(store.load(LEEDS.stream()).commits()).isEmpty();
  }

  @Test
  void whatCanNotBeCountedThereIsNotTransferred() {
    receive(YORK, 1);
    receive(LEEDS, 1_000_000_000);

    assertThat(code(transfer(new Transfer("move-1", "22084", "york", "leeds", 1))))
        .isEqualTo("stock-overflow");
    assertThat(store.load(YORK.stream()).commits()).hasSize(1);
    assertThat(store.load(LEEDS.stream()).commits()).hasSize(1);
  }

  @Test
  void aTransferIsBetweenTwoPlaces() {
    assertThatThrownBy(() -> new Transfer("m", "22084", "york", "york", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transfer("", "22084", "york", "leeds", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transfer("m", "22084", "york", "a/b", 1).participants())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void receive(Participant<StockEvent, Stock> at, long quantity) {
    String id = "receive-" + at.stream();
    Outcome<Stock> outcome =
        handler.handle(at.stream(), request(id, new StockCommand.Receive(quantity)), i -> {});
    assertThat(outcome).isEqualTo(new Outcome.Done<>(new Stock(quantity), 1));
  }

  private Outcome<States> transfer(Transfer transfer) {
    return transactor.handle(
        transfer.participants(), request(transfer.id(), transfer), transfer::decide, i -> {});
  }

  private static String code(Outcome<?> outcome) {
    return outcome instanceof Outcome.Rejected<?>(Rejection no) ? no.code() : outcome.toString();
  }

  private static <C> Request<C> request(String id, C command) {
    return new Request<>(
        new CommandId(id),
        new Fingerprint(id),
        commit -> true,
        Instant.MAX,
        Metadata.NONE,
        command);
  }
}
