package io.streamkeep.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.views.DynamoViewReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewReader.Listed;
import io.streamkeep.kernel.projection.ViewReader.Page;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.contract.TotalsContract;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class TotalsOnDynamoDbTest extends TotalsContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final CostMeter meter = new CostMeter(TABLES.client());
  private ViewStore rows = rows(4);

  private ViewStore rows(int subTotals) {
    return new DynamoViewStore(TABLES.newClient(meter), Tables.VIEWS, subTotals);
  }

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

  /**
   * Streams of all sub-totals count once, also after their number was raised, lowered or set to
   * one.
   */
  @Test
  void totalStaysRight_whenTheNumberOfSubTotalsChanges() {
    List<Integer> numbers = List.of(1, 8, 3, 1);
    for (int round = 0; round < numbers.size(); round++) {
      rows = rows(numbers.get(round));
      for (int i = 0; i < 40; i++) {
        StreamId of = new StreamId(stream.category(), stream.key() + i);
        deliver(counts(of, i % 2 == 0 ? "a" : "a!", round + i));
      }
      assertTotal("a", 20, 20L * round + 380);
      assertTotal("a!", 20, 20L * round + 400);
    }
    assertThat(items("a")).as("by the hashes of 20 streams").isBetween(4L, 8L);
    assertThat(items("a!")).isBetween(4L, 8L);
  }

  /** A total as it was written before there were sub-totals. */
  @Test
  void undividedTotalIsASubTotal() {
    TABLES
        .client()
        .putItem(
            put ->
                put.tableName(Tables.VIEWS)
                    .item(
                        Map.of(
                            "stream", fromS("total/" + group),
                            "view", fromS("a"),
                            "rows", fromN("2"),
                            "amount", fromN("30"))));
    deliver(counts(stream, "a", 5));

    assertTotal("a", 3, 35);
    Page<TotalRow> first = reader().totals(group, "a", "a", null, Optional::of, 1);
    assertThat(first.more()).isFalse();
    assertThat(reader().totals(group, "a", "a", "a", Optional::of, 1).items()).isEmpty();
  }

  /** Pages count totals, and continue after all sub-totals of the last one. */
  @Test
  void pagesContainWholeTotals() {
    for (int i = 0; i < 60; i++) {
      StreamId of = new StreamId(stream.category(), stream.key() + i);
      deliver(counts(of, "day-" + i % 3, 1));
    }

    Page<TotalRow> first = reader().totals(group, "day", "day", null, Optional::of, 2);
    Page<TotalRow> second = reader().totals(group, "day", "day", "day-1", Optional::of, 2);

    assertThat(first.items()).extracting(Listed::sortKey).containsExactly("day-0", "day-1");
    assertThat(second.items()).extracting(Listed::sortKey).containsExactly("day-2");
    assertThat(requireNonNull(first.items().getLast().value()).amounts())
        .containsEntry("rows", BigInteger.valueOf(20));
  }

  /** The number of sub-totals that exist of a total. */
  private long items(String sortKey) {
    return TABLES
        .client()
        .queryPaginator(
            query ->
                query
                    .tableName(Tables.VIEWS)
                    .keyConditionExpression("#stream = :total AND begins_with(#view, :sortKey)")
                    .expressionAttributeNames(Map.of("#stream", "stream", "#view", "view"))
                    .expressionAttributeValues(
                        Map.of(
                            ":total", fromS("total/" + group),
                            ":sortKey", fromS(sortKey + "\u001F"))))
        .items()
        .stream()
        .count();
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
