package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.domain.stock.StockCommand.Receive;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class StockOnDynamoDbTest extends StockSuite {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  @Override
  EventStore store() {
    return new DynamoEventStore(TABLES.client(), Tables.EVENTS);
  }

  /** A transaction costs twice as much as its two writes, in one request. */
  @Test
  void transferBetweenCachedPlaces_costsOneRequestOfFourUnits() {
    CostMeter meter = new CostMeter(TABLES.client());
    StockKeeper keeper =
        new StockKeeper(
            new DynamoEventStore(TABLES.newClient(meter), Tables.EVENTS), sku, StockKeeper.WARM);
    keeper.handle("r1", "york", new Receive(5));
    keeper.handle("r2", "leeds", new Receive(5));
    Cost before = meter.cost();

    assertThat(keeper.transfer(transfer("m1", 3))).isInstanceOf(Outcome.Completed.class);

    assertThat(meter.cost().minus(before))
        .returns(1L, Cost::requests)
        .returns(4L, Cost::writeUnits)
        .returns(0.0, Cost::readUnits);
  }
}
