package io.streamkeep.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.domain.stock.StockCommand.Receive;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class StockOnDynamoDbTest extends StockSuite {

  private static @Nullable DynamoDbLocal database;

  @BeforeAll
  static void start() throws Exception {
    database = Tables.start();
  }

  @AfterAll
  static void stop() {
    requireNonNull(database).close();
  }

  @Override
  EventStore store() {
    return new DynamoEventStore(requireNonNull(database).client(), Tables.EVENTS);
  }

  /** Twice the price of two writes, in one request. */
  @Test
  void aTransferBetweenWarmPlacesIsOneRequestOfFourUnits() {
    CostMeter meter = new CostMeter(requireNonNull(database).client());
    StockKeeper keeper =
        new StockKeeper(
            new DynamoEventStore(requireNonNull(database).newClient(meter), Tables.EVENTS),
            sku,
            StockKeeper.WARM);
    keeper.handle("r1", "york", new Receive(5));
    keeper.handle("r2", "leeds", new Receive(5));
    Cost before = meter.cost();

    assertThat(keeper.transfer(transfer("m1", 3))).isInstanceOf(Outcome.Done.class);

    assertThat(meter.cost().minus(before))
        .returns(1L, Cost::requests)
        .returns(4L, Cost::writeUnits)
        .returns(0.0, Cost::readUnits);
  }
}
