package io.streamkeep.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.bench.CostReport.CommitCost;
import io.streamkeep.bench.CostReport.OrderCost;
import io.streamkeep.bench.CostReport.Units;
import io.streamkeep.domain.Registry;
import io.streamkeep.importer.TestCsv;
import io.streamkeep.store.SharedTables;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cost of single orders, before and after, commit by commit. */
@Tag("slow")
final class BenchCostOrderTest {

  private static final Units ONE = new Units(1, 1);
  private static final Units TWO = new Units(2, 2);
  private static final Units FOUR = new Units(4, 4);

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  /** Measures the only order of a file; each test has an invoice number of its own. */
  private static OrderCost order(String... rows) throws Exception {
    CostBench bench = new CostBench(TABLES.tables(), Registry.projections());
    bench.measure(TestCsv.invoices(rows));
    return bench.orders().getFirst();
  }

  @Test
  void smallOrderCostsOneUnitForEachWrittenItem() throws Exception {
    OrderCost order = order("1,A,2,1.00,7.0", "C2,A,-1,1.00,7.0");

    assertThat(order.commits())
        .containsExactly(
            // loads nothing; puts a row for each view, one of which is listed
            cost("placed", FOUR, 1),
            // the stream and the rows are cached
            cost("confirmed", ONE, 0),
            cost("completed", ONE, 0),
            cost("returned", FOUR, 0));
    assertThat(order.sum().sum())
        .as("4 commits of 1 + 1 + 2, two of which are counted for 4 and two not for 1")
        .isEqualTo(new Units(26, 26));
    assertThat(order.sum().readUnits()).isEqualTo(1);
  }

  /**
   * One unit for the commit, one for the order's row, two for a row and its entry in the index;
   * four for a row in a transaction with a total, or one for it alone.
   */
  private static CommitCost cost(String kind, Units sales, double readUnits) {
    return new CommitCost(
        Map.of(kind, ONE), Map.of("order", ONE, "customer-orders", TWO, "sales", sales), readUnits);
  }

  @Test
  void orderOfAGuestIsInNoIndex() throws Exception {
    assertThat(order("3,A,2,1.00,").commits())
        .hasSize(3)
        .allSatisfy(
            commit ->
                assertThat(commit.views())
                    .containsEntry("order", ONE)
                    .containsEntry("customer-orders", ONE));
  }

  @Test
  void everyCommitOfALargeOrderCostsLessThanBefore() throws Exception {
    String[] lines =
        IntStream.rangeClosed(1, 300)
            .mapToObj("4,A%d,2,1.00,7.0"::formatted)
            .toArray(String[]::new);

    OrderCost order = order(lines);
    double kilobytes = Math.floorDiv(order.bytes(), 1024L);

    assertThat(order.commits())
        .hasSize(3)
        .allSatisfy(commit -> assertThat(commit.sum().after()).isLessThan(commit.sum().before()));
    assertThat(units(order, 0).before())
        .as("all of its JSON in one item, and less than 1 KB beside it")
        .isBetween(kilobytes, kilobytes + 2);
    assertThat(view(order, 0).before()).as("a row has further fields").isGreaterThan(kilobytes);
    for (int later = 1; later < 3; later++) {
      assertThat(units(order, later)).isEqualTo(ONE);
      assertThat(view(order, later))
          .as("the whole row again, or only the changing fields")
          .isEqualTo(new Units(view(order, 0).before(), 1));
    }
  }

  private static Units units(OrderCost order, int commit) {
    return order.commits().get(commit).events().values().iterator().next();
  }

  private static Units view(OrderCost order, int commit) {
    return requireNonNull(order.commits().get(commit).views().get("order"));
  }
}
