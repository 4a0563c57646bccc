package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ImportReportTest {

  private static ImportReport report(int stored, int projected, List<String> failures) {
    return new ImportReport(
        1500,
        stored,
        projected,
        1,
        new TreeMap<>(Map.of("unmatched", 20, "price-negative", 3)),
        new TreeMap<>(Map.of("GBP", 123456789L, "JPY", 1000L)),
        new TreeMap<>(Map.of("GBP", 5L)),
        failures);
  }

  @Test
  void textHasGroupedNumbersAndMajorUnits() {
    assertThat(report(1476, 1476, List.of()).text(Duration.ofSeconds(2)))
        .isEqualToNormalizingNewlines(
            """
            invoices read                           1,500
            orders stored                           1,476
            orders projected                        1,476
            returns applied                             1
            refused                                    23
              price-negative                            3
              unmatched                                20
            ordered, GBP                     1,234,567.89
            ordered, JPY                            1,000
            returned, GBP                            0.05
            time taken                              2.0 s
            invoices per second                     750.0
            """);
  }

  @Test
  void jsonIsOneLineInMinorUnits() {
    assertThat(report(1476, 1475, List.of()).json())
        .isEqualTo(
            """
            {"read":1500,"stored":1476,"projected":1475,"returned":1,\
            "refused":{"price-negative":3,"unmatched":20},\
            "totals":{"GBP":123456789,"JPY":1000},"returnedTotals":{"GBP":5}}\
            """);
  }

  @Test
  void isBalanced_onlyWhenEveryInvoiceIsAccountedForAndShown() {
    assertThat(report(1476, 1476, List.of()).balanced()).isTrue();
    assertThat(report(1476, 1475, List.of()).balanced()).isFalse();
    assertThat(report(1475, 1475, List.of()).balanced()).isFalse();
    assertThat(report(1476, 1476, List.of("something")).balanced()).isFalse();
  }
}
