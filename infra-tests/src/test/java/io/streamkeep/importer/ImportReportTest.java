package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
        rejects(),
        new TreeMap<>(Map.of("GBP", 123456789L, "JPY", 1000L)),
        new TreeMap<>(Map.of("GBP", 5L)),
        failures);
  }

  /** Three with a negative price, and 20 unmatched returns. */
  private static List<ParsedInvoice.Refused> rejects() {
    List<ParsedInvoice.Refused> rejects = new ArrayList<>();
    for (int i = 1; i <= 23; i++) {
      rejects.add(
          new ParsedInvoice.Refused(
              i <= 3 ? "1" + i : "C" + i, i + 1L, i <= 3 ? "price-negative" : "unmatched"));
    }
    return rejects;
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
            refused: line 2, invoice 11: price-negative
            refused: line 3, invoice 12: price-negative
            refused: line 4, invoice 13: price-negative
            """
                + unmatched(4, 20)
                + "... and 3 more: --rejects FILE writes all\n");
  }

  private static String unmatched(int first, int last) {
    StringBuilder lines = new StringBuilder();
    for (int i = first; i <= last; i++) {
      lines.append("refused: line %d, invoice C%d: unmatched\n".formatted(i + 1, i));
    }
    return lines.toString();
  }

  @Test
  void rejectsAreWrittenAsCsv() throws IOException {
    StringBuilder csv = new StringBuilder();
    report(1476, 1476, List.of()).writeRejects(csv);

    assertThat(csv.toString().lines())
        .hasSize(24)
        .startsWith("InvoiceNo,Line,Reason", "11,2,price-negative")
        .endsWith("C23,24,unmatched");
  }

  @Test
  void jsonIsOneLineInMinorUnits() {
    assertThat(report(1476, 1475, List.of()).json())
        .contains(
            """
            "rejects":[{"invoice":"11","line":2,"reason":"price-negative"},\
            """)
        .matches(
            text ->
                text.replaceFirst("\"rejects\":\\[[^]]*],", "")
                    .equals(
                        """
                        {"read":1500,"stored":1476,"projected":1475,"returned":1,\
                        "refused":{"price-negative":3,"unmatched":20},\
                        "totals":{"GBP":123456789,"JPY":1000},"returnedTotals":{"GBP":5}}\
                        """));
  }

  @Test
  void isBalanced_onlyWhenEveryInvoiceIsAccountedForAndShown() {
    assertThat(report(1476, 1476, List.of()).balanced()).isTrue();
    assertThat(report(1476, 1475, List.of()).balanced()).isFalse();
    assertThat(report(1475, 1475, List.of()).balanced()).isFalse();
    assertThat(report(1476, 1476, List.of("something")).balanced()).isFalse();
  }
}
