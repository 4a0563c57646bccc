package io.streamkeep.store;

import io.streamkeep.aws.dynamodb.views.DynamoTotals;
import io.streamkeep.aws.dynamodb.views.DynamoTotals.Page;
import io.streamkeep.aws.dynamodb.views.DynamoTotals.Sum;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.contract.TotalsContract;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class TotalsOnDynamoDbTest extends TotalsContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final CostMeter meter = new CostMeter(TABLES.client());
  private final ViewStore rows = new DynamoViewStore(TABLES.newClient(meter), Tables.VIEWS);
  private final DynamoTotals totals = new DynamoTotals(TABLES.client(), Tables.VIEWS);

  @Override
  protected ViewStore store() {
    return rows;
  }

  @Override
  protected Map<String, Map<String, BigInteger>> totals(String group) {
    return totals.list(group, " ", "~", null, sum -> true, 1000).sums().stream()
        .collect(toMap(Sum::rank, Sum::amounts));
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

  @Test
  void totals_areListedBySortKey_inPages() {
    for (int i = 0; i < 25; i++) {
      deliver(counts(new StreamId("counted", "" + UUID.randomUUID()), "r%02d".formatted(i), i));
    }

    assertThat(sortKeys("r03", "r20", 7))
        .containsExactly(
            List.of("r03", "r05", "r07", "r09", "r11", "r13", "r15"), List.of("r17", "r19"));
    assertThat(sortKeys("r03", "r05", 2)).containsExactly(List.of("r03", "r05"));
    assertThat(sortKeys("r1", "r1", 10))
        .containsExactly(List.of("r11", "r13", "r15", "r17", "r19"));
    assertThat(sortKeys("s", "t", 10)).containsExactly(List.of());
  }

  /** The sort keys of odd totals, page by page. */
  private List<List<String>> sortKeys(String from, String to, int limit) {
    List<List<String>> pages = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page page = totals.list(group, from, to, after, TotalsOnDynamoDbTest::isOdd, limit);
      pages.add(page.sums().stream().map(Sum::rank).toList());
      after = page.next();
    } while (after != null);
    return pages;
  }

  private static boolean isOdd(Sum sum) {
    return sum.amounts().getOrDefault("amount", BigInteger.ZERO).testBit(0);
  }
}
