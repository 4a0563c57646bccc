package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.api.ExampleBodies;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.store.SharedTables;
import io.streamkeep.testkit.cost.Cost;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The cost of applying a commit. */
@Tag("long")
final class DeliveryComparisonTest {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  /** Measures two batches after a warm-up, the baseline first and then last, and verifies them. */
  private static Comparison<PutItemRequest, List<Commit>> measured(String code, int batch)
      throws Exception {
    DeliveryWorkload workload = workload(code);
    Comparison<PutItemRequest, List<Commit>> comparison =
        BenchDelivery.comparison(TABLES.tables(), workload, false, 1, batch);
    Comparison.measure(List.of(comparison), 2, progress -> {});
    ViewVerification found = BenchDelivery.verify(TABLES.tables(), List.of(workload));
    assertThat(found.rows()).isPositive();
    assertThat(found.passed()).as(found::toString).isTrue();
    return comparison;
  }

  private static DeliveryWorkload workload(String code) throws IOException {
    return DeliveryWorkload.all(ExampleBodies.read(LocalCloudExtension.API)).stream()
        .filter(workload -> workload.code().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private static void assertBaselineIsOneWrite(Comparison<?, ?> comparison, int applied) {
    assertThat(comparison.operations()).isEqualTo(applied);
    Cost cost = comparison.baseline.cost();
    assertThat(cost.requests()).isEqualTo(applied);
    assertThat(cost.writeUnits()).isEqualTo(applied);
    assertThat(cost.readUnits()).isZero();
  }

  /** The product's average per applied commit. */
  private static double average(Comparison<?, ?> comparison, ToDoubleFunction<Cost> of) {
    return of.applyAsDouble(comparison.product.cost()) / comparison.operations();
  }

  @Test
  void appliedCommitCostsOneWriteAndAtMostOneRead() throws Exception {
    for (String code : List.of("D1", "D2")) {
      Comparison<?, ?> applied = measured(code, 20);

      assertBaselineIsOneWrite(applied, 40);
      assertThat(average(applied, Cost::requests)).isBetween(1.0, 2.0);
      assertThat(average(applied, Cost::writeUnits)).isEqualTo(1);
      assertThat(average(applied, Cost::readUnits)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void eachFurtherSubscriberCostsAsMuchAsTheFirst() throws Exception {
    Comparison<?, ?> applied = measured("D2 x2", 20);

    assertBaselineIsOneWrite(applied, 80);
    assertThat(average(applied, Cost::requests)).isBetween(1.0, 2.0);
    assertThat(average(applied, Cost::writeUnits)).isEqualTo(1);
  }

  @Test
  void commitsOfOneStreamAreAppliedTogether() throws Exception {
    Comparison<?, ?> applied = measured("D3", 25);

    assertBaselineIsOneWrite(applied, 50);
    assertThat(average(applied, Cost::requests)).isLessThan(0.05);
    assertThat(average(applied, Cost::writeUnits)).isLessThan(0.05);
  }

  @Test
  void feedWritesManyCommitsInOneRequest() throws Exception {
    Comparison<?, ?> applied = measured("feed", 40);

    assertBaselineIsOneWrite(applied, 80);
    assertThat(average(applied, Cost::requests)).isLessThan(0.3);
    assertThat(average(applied, Cost::readUnits)).isLessThan(0.1);
  }

  @Test
  void batchOfOrdersHasStreamsOfEveryAge() throws Exception {
    Comparison<?, ?> applied = measured("orders", 15);

    assertThat(applied.operations()).isEqualTo(2 * 15 * 3);
    assertThat(applied.baseline.cost().requests()).isEqualTo(2 * 15 * 3);
    assertThat(average(applied, Cost::requests)).isBetween(1.0, 2.3);
    assertThat(average(applied, Cost::writeUnits)).isBetween(1.0, 3.0);
  }
}
