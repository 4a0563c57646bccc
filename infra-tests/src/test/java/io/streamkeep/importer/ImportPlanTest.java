package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ImportPlanTest {

  private static ImportPlan.Return returned(String invoice, ImportPlan.ReturnPart... parts) {
    return new ImportPlan.Return(invoice, "7", List.of(parts));
  }

  private static ImportPlan.ReturnPart part(String order, Map<Integer, Long> lines) {
    return new ImportPlan.ReturnPart(order, new TreeMap<>(lines));
  }

  /** The invoices whose returns match no order. */
  private static List<String> unmatched(ImportPlan plan) {
    assertThat(plan.refused()).extracting(ParsedInvoice.Refused::reason).containsOnly("unmatched");
    return plan.refused().stream().map(ParsedInvoice.Refused::invoice).toList();
  }

  @Test
  void everyInvoiceIsOrderedReturnedOrRefused() throws InvalidFileException {
    ImportPlan plan =
        TestCsv.plan(
            "1,A,1,1,7", "2,A,0,1,7", "C3,A,-1,1,7", "C4,A,-1,1,7", "C5,A,1,1,7", "6,B,1,1,");

    assertThat(plan.orders()).extracting(ParsedInvoice.Order::invoice).containsExactly("1", "6");
    assertThat(plan.returns()).containsExactly(returned("C3", part("1", Map.of(1, 1L))));
    assertThat(plan.refused())
        .containsExactly(
            new ParsedInvoice.Refused("2", 3, "quantity-not-positive"),
            new ParsedInvoice.Refused("C4", 5, "unmatched"),
            new ParsedInvoice.Refused("C5", 6, "quantity-not-negative"));
  }

  @Test
  void returnIsMatchedToTheCustomersNewestEarlierOrder() throws InvalidFileException {
    ImportPlan plan =
        TestCsv.plan(
            "1,A,5,1,7", "2,A,5,1,7", "3,A,5,1,8", "4,B,5,1,7", "C5,A,-2,1,7", "6,A,5,1,7");

    assertThat(plan.returns()).containsExactly(returned("C5", part("2", Map.of(1, 2L))));
  }

  @Test
  void newestOrderIsTheLastInTheFile_notTheHighestNumber() throws InvalidFileException {
    ImportPlan plan = TestCsv.plan("9,A,5,1,7", "2,A,5,1,7", "C1,A,-1,1,7");

    assertThat(plan.returns()).containsExactly(returned("C1", part("2", Map.of(1, 1L))));
  }

  @Test
  void newerOrdersWithoutEnoughAreSkipped() throws InvalidFileException {
    ImportPlan plan = TestCsv.plan("1,A,5,1,7", "2,A,2,1,7", "C3,A,-3,1,7");

    assertThat(plan.returns()).containsExactly(returned("C3", part("1", Map.of(1, 3L))));
  }

  @Test
  void returnedItemIsNeverSplitAcrossOrders() throws InvalidFileException {
    assertThat(unmatched(TestCsv.plan("1,A,2,1,7", "2,A,2,1,7", "C3,A,-3,1,7")))
        .containsExactly("C3");
  }

  @Test
  void linesOfTheSameSkuAreTakenInOrder() throws InvalidFileException {
    ImportPlan plan =
        TestCsv.plan("1,A,2,1,7", "1,B,9,1,7", "1,A,3,2,7", "C2,A,-4,1,7", "C3,A,-1,1,7");

    assertThat(plan.returns())
        .containsExactly(
            returned("C2", part("1", Map.of(1, 2L, 3, 2L))),
            returned("C3", part("1", Map.of(3, 1L))));
  }

  @Test
  void partialReturnsAddUp() throws InvalidFileException {
    ImportPlan plan =
        TestCsv.plan("1,A,5,1,7", "C2,A,-2,1,7", "C3,A,-2,1,7", "C4,A,-2,1,7", "C5,A,-1,1,7");

    assertThat(plan.returns())
        .extracting(ImportPlan.Return::invoice)
        .containsExactly("C2", "C3", "C5");
    assertThat(unmatched(plan)).containsExactly("C4");
  }

  @Test
  void returnMayTakeFromSeveralOrdersAndFromALineTwice() throws InvalidFileException {
    ImportPlan plan =
        TestCsv.plan("1,A,5,1,7", "2,B,5,1,7", "C3,A,-1,1,7", "C3,B,-1,1,7", "C3,A,-2,1,7");

    assertThat(plan.returns())
        .containsExactly(returned("C3", part("1", Map.of(1, 3L)), part("2", Map.of(1, 1L))));
  }

  @Test
  void returnTakesNothing_whenOneItemDoesNotMatch() throws InvalidFileException {
    ImportPlan plan =
        TestCsv.plan("1,A,2,1,7", "1,A,3,1,7", "C2,A,-4,1,7", "C2,B,-1,1,7", "C3,A,-5,1,7");

    assertThat(unmatched(plan)).containsExactly("C2");
    assertThat(plan.returns()).containsExactly(returned("C3", part("1", Map.of(1, 2L, 2, 3L))));
  }

  @Test
  void itemsOfOneReturnDoNotShareStock() throws InvalidFileException {
    assertThat(unmatched(TestCsv.plan("1,A,3,1,7", "C2,A,-2,1,7", "C2,A,-2,1,7")))
        .containsExactly("C2");
  }

  @Test
  void laterOrdersAreNotMatched() throws InvalidFileException {
    assertThat(unmatched(TestCsv.plan("C1,A,-1,1,7", "2,A,1,1,7"))).containsExactly("C1");
  }

  @Test
  void invoiceIsOrderedByItsFirstRow() throws InvalidFileException {
    ImportPlan plan = TestCsv.plan("1,B,1,1,7", "C2,A,-1,1,7", "1,A,1,1,7");

    assertThat(plan.returns()).containsExactly(returned("C2", part("1", Map.of(2, 1L))));
  }

  @Test
  void guestsReturnIsNeverMatched() throws InvalidFileException {
    assertThat(unmatched(TestCsv.plan("1,A,5,1,", "C2,A,-1,1,"))).containsExactly("C2");
  }

  @Test
  void refusedOrdersAreNotMatched() throws InvalidFileException {
    ImportPlan plan = TestCsv.plan("1,A,5,1,7", "2,A,5,1,7", "2,B,0,1,7", "C3,A,-1,1,7");

    assertThat(plan.returns()).containsExactly(returned("C3", part("1", Map.of(1, 1L))));
  }

  @Test
  void ordersRefusedByTheApiAreNotMatched() throws InvalidFileException {
    List<ParsedInvoice> invoices = TestCsv.invoices("1,A,5,1,7", "2,A,5,1,7", "C3,A,-1,1,7");

    ImportPlan plan = ImportPlan.of(invoices, Map.of("2", "api-no"));

    assertThat(plan.orders()).extracting(ParsedInvoice.Order::invoice).containsExactly("1");
    assertThat(plan.returns()).containsExactly(returned("C3", part("1", Map.of(1, 1L))));
    assertThat(plan.refused()).containsExactly(new ParsedInvoice.Refused("2", 3, "api-no"));
  }

  @Test
  void equalInvoicesResultInEqualPlans() throws InvalidFileException {
    List<ParsedInvoice> invoices =
        TestCsv.invoices("1,A,5,1,7", "2,A,5,1,7", "C3,A,-4,1,7", "C4,A,-4,1,7");

    assertThat(ImportPlan.of(invoices, Map.of())).isEqualTo(ImportPlan.of(invoices, Map.of()));
  }
}
