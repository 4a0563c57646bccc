package io.streamkeep.retail;

import io.streamkeep.bench.Tables;
import io.streamkeep.domain.Views;
import io.streamkeep.retail.CostReport.Measured;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What single orders cost, before and after, commit by commit. */
@Tag("slow")
final class BenchCostOrderTest {

  private static final Units ONE = new Units(1, 1);
  private static final Units TWO = new Units(2, 2);
  private static final Units FOUR = new Units(4, 4);

  private @Nullable Tables tables;
  private @Nullable Tables before;

  @BeforeEach
  void start() throws IOException {
    tables = Tables.of(Path.of("..", "template.yaml"));
    before = Tables.of(Path.of("..", "template.yaml"));
  }

  @AfterEach
  void stop() {
    requireNonNull(tables).close();
    requireNonNull(before).close();
  }

  private CostBench measured(String... rows) throws BadFileException {
    CostBench bench = new CostBench(requireNonNull(tables), requireNonNull(before), Views.all());
    bench.measure(Csv.drafts(rows), new ProgressLines(new PrintWriter(Writer.nullWriter())));
    return bench;
  }

  private Measured order(String... rows) throws BadFileException {
    return measured(rows).report().orders().getFirst();
  }

  @Test
  void aSmallOrderCostsAUnitForEachItemThatIsWritten() throws BadFileException {
    Measured order = order("1,A,2,1.00,7.0", "C2,A,-1,1.00,7.0");

    assertThat(order.commits())
        .containsExactly(
            // a load that finds nothing; the row of each view put; one of them listed
            cost(CommitKind.PLACED, FOUR, 1),
            // the stream is warm, and so are the rows
            cost(CommitKind.CONFIRMED, ONE, 0),
            cost(CommitKind.COMPLETED, ONE, 0),
            cost(CommitKind.RETURNED, FOUR, 0));
    assertThat(order.cost().sum())
        .as("4 commits of 1 + 1 + 2, two of which are counted for 4 and two not for 1")
        .isEqualTo(new Units(26, 26));
    assertThat(order.cost().readUnits()).isEqualTo(1);
  }

  /**
   * One unit for the commit, one for the order's row, two for a row and its entry in the index;
   * four for a row in a transaction with a total, or one for it alone.
   */
  private static OrderCost cost(CommitKind kind, Units sales, double readUnits) {
    return new OrderCost(
        Map.of(kind, ONE), Map.of("order", ONE, "customer-orders", TWO, "sales", sales), readUnits);
  }

  @Test
  void anOrderOfAGuestIsInNoIndex() throws BadFileException {
    assertThat(order("1,A,2,1.00,").commits())
        .hasSize(3)
        .allSatisfy(
            commit ->
                assertThat(commit.views())
                    .containsEntry("order", ONE)
                    .containsEntry("customer-orders", ONE));
  }

  @Test
  void aLargeOrderCostsLessThanBeforeWithEveryCommit() throws BadFileException {
    String[] lines =
        IntStream.rangeClosed(1, 300)
            .mapToObj("1,A%d,2,1.00,7.0"::formatted)
            .toArray(String[]::new);

    Measured order = order(lines);

    assertThat(order.commits())
        .hasSize(3)
        .allSatisfy(commit -> assertThat(commit.sum().after()).isLessThan(commit.sum().before()));
    assertThat(units(order, 0).before())
        .as("all of its JSON in one item, and less than 1 KB beside it")
        .isBetween(order.bytes() / 1024, order.bytes() / 1024 + 2);
    assertThat(view(order, 0).before())
        .as("a row has more to say")
        .isGreaterThan(order.bytes() / 1024);
    for (int later = 1; later < 3; later++) {
      assertThat(units(order, later)).isEqualTo(ONE);
      assertThat(view(order, later))
          .as("the whole row again, or only what changes")
          .isEqualTo(new Units(view(order, 0).before(), 1));
    }
  }

  private static Units units(Measured order, int commit) {
    return order.commits().get(commit).events().values().iterator().next();
  }

  private static Units view(Measured order, int commit) {
    return requireNonNull(order.commits().get(commit).views().get("order"));
  }
}
