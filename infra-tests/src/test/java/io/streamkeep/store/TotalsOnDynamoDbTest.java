package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.dynamodb.views.DynamoViewReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.testkit.contract.TotalsContract;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class TotalsOnDynamoDbTest extends TotalsContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final CostMeter meter = new CostMeter(TABLES.client());
  private final ViewStore rows = new DynamoViewStore(TABLES.newClient(meter), Tables.VIEWS);

  @Override
  protected ViewStore store() {
    return rows;
  }

  @Override
  protected ViewReader reader() {
    return new DynamoViewReader(TABLES.client(), Tables.VIEWS);
  }

  /** Two units for the row in its transaction, two for each total; one read finds the row. */
  @Test
  void countedChange_costsTwiceItsItems_andOtherChangeOneRow() {
    assertCost(counts(stream, "a", 5), 4);
    assertCost(counts(stream, "a", 5), 1);
    assertCost(counts(stream, "a", 4), 4);
    assertCost(counts(stream, "b", 4), 6);
    assertCost(counts(stream, "", 0), 4);
  }

  private void assertCost(Commit commit, long writeUnits) {
    Cost before = meter.cost();
    deliver(commit);
    Cost cost = meter.cost().minus(before);
    assertThat(cost.requests()).isEqualTo(2);
    assertThat(cost.writeUnits()).isEqualTo(writeUnits);
    assertThat(cost.readUnits()).isEqualTo(1);
  }
}
