package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.store.SharedTables;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cost of an applied commit. */
@Tag("slow")
final class DeliveryComparisonTest {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  /** Measures two batches after a warm-up, the baseline first and then last, and verifies them. */
  private static DeliveryComparison measured(String code, int batch) {
    DeliveryComparison comparison =
        new DeliveryComparison(TABLES.tables(), workload(code), false, 1, batch);
    comparison.warmUp();
    comparison.run(0);
    comparison.run(1);
    ViewVerification found = BenchDelivery.verify(TABLES.tables(), List.of(comparison));
    assertThat(found.rows()).isPositive();
    assertThat(found.passed()).as(found::toString).isTrue();
    return comparison;
  }

  private static DeliveryWorkload workload(String code) {
    return DeliveryWorkload.all("").stream()
        .filter(workload -> workload.code().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private static double figure(Contender contender, String name) {
    return contender.json().build().getJsonNumber(name).doubleValue();
  }

  private static void isOneWrite(Contender baseline, int applied) {
    assertThat(baseline.operations()).isEqualTo(applied);
    assertThat(figure(baseline, "requests")).isEqualTo(1);
    assertThat(figure(baseline, "writeUnits")).isEqualTo(1);
    assertThat(figure(baseline, "readUnits")).isZero();
  }

  @Test
  void appliedCommitCostsOneWriteAndAtMostOneRead() {
    for (String code : List.of("D1", "D2")) {
      DeliveryComparison applied = measured(code, 20);

      isOneWrite(applied.baseline, 40);
      assertThat(applied.product.operations()).isEqualTo(40);
      assertThat(figure(applied.product, "requests")).isBetween(1.0, 2.0);
      assertThat(figure(applied.product, "writeUnits")).isEqualTo(1);
      assertThat(figure(applied.product, "readUnits")).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void eachFurtherSubscriberCostsAsMuchAsTheFirst() {
    DeliveryComparison applied = measured("D2 x2", 20);

    isOneWrite(applied.baseline, 80);
    assertThat(figure(applied.product, "requests")).isBetween(1.0, 2.0);
    assertThat(figure(applied.product, "writeUnits")).isEqualTo(1);
  }

  @Test
  void commitsOfOneStreamAreAppliedTogether() {
    DeliveryComparison applied = measured("D3", CommitFeeder.BATCH);

    isOneWrite(applied.baseline, 200);
    assertThat(figure(applied.product, "requests")).isLessThan(0.05);
    assertThat(figure(applied.product, "writeUnits")).isLessThan(0.05);
  }

  @Test
  void feedWritesManyCommitsInOneRequest() {
    DeliveryComparison applied = measured("feed", CommitFeeder.BATCH);

    isOneWrite(applied.baseline, 200);
    assertThat(figure(applied.product, "requests")).isLessThan(0.3);
    assertThat(figure(applied.product, "readUnits")).isLessThan(0.1);
  }

  @Test
  void batchOfOrdersHasPlacedConfirmedAndCompletedOnes() {
    DeliveryComparison applied = measured("orders", 30);

    assertThat(applied.baseline.operations()).isEqualTo(2 * 30 * 3);
    assertThat(figure(applied.baseline, "requests")).isEqualTo(1);
    assertThat(figure(applied.product, "requests")).isBetween(1.0, 2.3);
    assertThat(figure(applied.product, "writeUnits")).isBetween(1.0, 3.0);
  }
}
