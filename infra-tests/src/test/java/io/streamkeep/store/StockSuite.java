package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.stock.Stock;
import io.streamkeep.domain.stock.StockCommand.Receive;
import io.streamkeep.domain.stock.StockCommand.Ship;
import io.streamkeep.domain.stock.Transfer;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Stock on an event store: no order of events creates, destroys or overdraws any. */
abstract class StockSuite {

  final String sku = UUID.randomUUID().toString();

  abstract EventStore store();

  final StockKeeper keeper(long warmBytes) {
    return new StockKeeper(store(), sku, warmBytes);
  }

  final Transfer transfer(String id, long quantity) {
    return new Transfer(id, sku, "york", "leeds", quantity);
  }

  private int commits(String place) {
    return store().load(Stock.at(sku, place).stream()).commits().size();
  }

  private static String code(Outcome<?> outcome) {
    return outcome instanceof Outcome.Rejected<?>(Rejection no) ? no.code() : outcome.toString();
  }

  private static Outcome<List<Stock>> done(long york, long leeds, long commit) {
    return new Outcome.Completed<>(List.of(new Stock(york), new Stock(leeds)), commit);
  }

  @Test
  void sixteenWritersOnTenPlaces_preserveTotalStock() throws Exception {
    StockRace race = new StockRace(store(), sku);

    race.run(16, 24);

    StockAudit audit = new StockAudit(store(), sku, StockRace.PLACES);
    assertThat(audit.total()).isEqualTo(race.expected());
    assertThat(audit.lowest()).isNotNegative();
    assertThat(audit.sent()).containsExactlyInAnyOrderElementsOf(race.completed());
    assertThat(audit.arrived()).containsExactlyInAnyOrderElementsOf(race.completed());
    assertThat(race.completed()).hasSizeGreaterThan(100);
    assertThat(race.repeatedDifferently()).isEmpty();
    assertThat(race.counts()).isPositive();
    assertThat(race.rejected()).isPositive();
    assertThat(race.others()).isEmpty();
  }

  @Test
  void transferRepeatedElsewhere_returnsFirstOutcome_andMovesNothing() {
    keeper(StockKeeper.COLD).handle("r", "york", new Receive(10));
    StockKeeper first = keeper(StockKeeper.WARM);
    StockKeeper cachedEarlier = keeper(StockKeeper.WARM);
    assertThat(cachedEarlier.transfer(transfer("m0", 1))).isEqualTo(done(9, 1, 2));
    assertThat(first.transfer(transfer("m1", 4))).isEqualTo(done(5, 5, 3));
    first.handle("s", "leeds", new Ship(2));

    assertThat(keeper(StockKeeper.COLD).transfer(transfer("m1", 4))).isEqualTo(done(5, 5, 3));
    assertThat(cachedEarlier.transfer(transfer("m1", 4))).isEqualTo(done(5, 5, 3));
    assertThat(first.transfer(transfer("m1", 4))).isEqualTo(done(5, 5, 3));
    assertThat(commits("york")).isEqualTo(3);
    assertThat(commits("leeds")).isEqualTo(3);
  }

  /** The cached stock is too low, the current stock is not. */
  @Test
  void rejection_isNeverBasedOnStaleCache() {
    StockKeeper cached = keeper(StockKeeper.WARM);
    cached.handle("r1", "york", new Receive(1));
    cached.handle("r2", "leeds", new Receive(1));
    keeper(StockKeeper.COLD).handle("r3", "york", new Receive(5));

    assertThat(cached.transfer(transfer("m1", 6))).isEqualTo(done(0, 7, 3));
  }

  @Test
  void rejection_reflectsCurrentStock_andWritesNothing() {
    StockKeeper cached = keeper(StockKeeper.WARM);
    cached.handle("r1", "york", new Receive(5));
    keeper(StockKeeper.COLD).handle("s1", "york", new Ship(3));

    assertThat(code(cached.transfer(transfer("m1", 3)))).isEqualTo("stock-too-low");
    assertThat(commits("york")).isEqualTo(2);
    assertThat(commits("leeds")).isZero();
    assertThat(cached.transfer(transfer("m1", 2))).isEqualTo(done(0, 2, 3));
  }
}
