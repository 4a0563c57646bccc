package io.streamkeep.retail;

import io.streamkeep.retail.PlannedReturn.Hit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class PlanTest {

  private static PlannedReturn back(String invoice, Hit... hits) {
    return new PlannedReturn(invoice, "7", List.of(hits));
  }

  private static Hit hit(String order, Map<Integer, Long> lines) {
    return new Hit(order, new TreeMap<>(lines));
  }

  private static Draft.Refused unmatched(String invoice) {
    return new Draft.Refused(invoice, "unmatched");
  }

  @Test
  void everyInvoiceBecomesExactlyOneThing() throws BadFileException {
    Plan plan =
        Csv.plan("1,A,1,1,7", "2,A,0,1,7", "C3,A,-1,1,7", "C4,A,-1,1,7", "C5,A,1,1,7", "6,B,1,1,");

    assertThat(plan.orders()).extracting(Draft.Order::invoice).containsExactly("1", "6");
    assertThat(plan.returns()).containsExactly(back("C3", hit("1", Map.of(1, 1L))));
    assertThat(plan.refused())
        .containsExactly(
            new Draft.Refused("2", "quantity-not-positive"),
            unmatched("C4"),
            new Draft.Refused("C5", "quantity-not-negative"));
  }

  @Test
  void takesFromTheNewestEarlierOrderOfTheCustomer() throws BadFileException {
    Plan plan =
        Csv.plan("1,A,5,1,7", "2,A,5,1,7", "3,A,5,1,8", "4,B,5,1,7", "C5,A,-2,1,7", "6,A,5,1,7");

    assertThat(plan.returns()).containsExactly(back("C5", hit("2", Map.of(1, 2L))));
  }

  @Test
  void newestMeansTheFilesOrderNotTheNumbers() throws BadFileException {
    Plan plan = Csv.plan("9,A,5,1,7", "2,A,5,1,7", "C1,A,-1,1,7");

    assertThat(plan.returns()).containsExactly(back("C1", hit("2", Map.of(1, 1L))));
  }

  @Test
  void passesOverNewerOrdersWithoutEnough() throws BadFileException {
    Plan plan = Csv.plan("1,A,5,1,7", "2,A,2,1,7", "C3,A,-3,1,7");

    assertThat(plan.returns()).containsExactly(back("C3", hit("1", Map.of(1, 3L))));
  }

  @Test
  void neverPutsALineTogetherFromSeveralOrders() throws BadFileException {
    assertThat(Csv.plan("1,A,2,1,7", "2,A,2,1,7", "C3,A,-3,1,7").refused())
        .containsExactly(unmatched("C3"));
  }

  @Test
  void takesASkuThatStandsInSeveralLinesFromThemInOrder() throws BadFileException {
    Plan plan = Csv.plan("1,A,2,1,7", "1,B,9,1,7", "1,A,3,2,7", "C2,A,-4,1,7", "C3,A,-1,1,7");

    assertThat(plan.returns())
        .containsExactly(
            back("C2", hit("1", Map.of(1, 2L, 3, 2L))), back("C3", hit("1", Map.of(3, 1L))));
  }

  @Test
  void partialReturnsUseAnOrderUp() throws BadFileException {
    Plan plan = Csv.plan("1,A,5,1,7", "C2,A,-2,1,7", "C3,A,-2,1,7", "C4,A,-2,1,7", "C5,A,-1,1,7");

    assertThat(plan.returns()).extracting(PlannedReturn::invoice).containsExactly("C2", "C3", "C5");
    assertThat(plan.refused()).containsExactly(unmatched("C4"));
  }

  @Test
  void oneReturnMayHitSeveralOrdersAndALineMoreThanOnce() throws BadFileException {
    Plan plan = Csv.plan("1,A,5,1,7", "2,B,5,1,7", "C3,A,-1,1,7", "C3,B,-1,1,7", "C3,A,-2,1,7");

    assertThat(plan.returns())
        .containsExactly(back("C3", hit("1", Map.of(1, 3L)), hit("2", Map.of(1, 1L))));
  }

  @Test
  void aReturnOfWhichOneLineDoesNotMatchTakesNothing() throws BadFileException {
    Plan plan = Csv.plan("1,A,2,1,7", "1,A,3,1,7", "C2,A,-4,1,7", "C2,B,-1,1,7", "C3,A,-5,1,7");

    assertThat(plan.refused()).containsExactly(unmatched("C2"));
    assertThat(plan.returns()).containsExactly(back("C3", hit("1", Map.of(1, 2L, 2, 3L))));
  }

  @Test
  void linesOfOneReturnCompeteForTheSamePieces() throws BadFileException {
    assertThat(Csv.plan("1,A,3,1,7", "C2,A,-2,1,7", "C2,A,-2,1,7").refused())
        .containsExactly(unmatched("C2"));
  }

  @Test
  void onlyEarlierOrdersCount() throws BadFileException {
    assertThat(Csv.plan("C1,A,-1,1,7", "2,A,1,1,7").refused()).containsExactly(unmatched("C1"));
  }

  @Test
  void anInvoiceStandsWhereItsFirstRowStands() throws BadFileException {
    Plan plan = Csv.plan("1,B,1,1,7", "C2,A,-1,1,7", "1,A,1,1,7");

    assertThat(plan.returns()).containsExactly(back("C2", hit("1", Map.of(2, 1L))));
  }

  @Test
  void aGuestsReturnNeverMatches() throws BadFileException {
    assertThat(Csv.plan("1,A,5,1,", "C2,A,-1,1,").refused()).containsExactly(unmatched("C2"));
  }

  @Test
  void refusedOrdersAreNotReturned() throws BadFileException {
    Plan plan = Csv.plan("1,A,5,1,7", "2,A,5,1,7", "2,B,0,1,7", "C3,A,-1,1,7");

    assertThat(plan.returns()).containsExactly(back("C3", hit("1", Map.of(1, 1L))));
  }

  @Test
  void ordersThatTheApiRefusedAreNotReturnedEither() throws BadFileException {
    List<Draft> drafts = Csv.drafts("1,A,5,1,7", "2,A,5,1,7", "C3,A,-1,1,7");

    Plan plan = Plan.of(drafts, Map.of("2", "api-no"));

    assertThat(plan.orders()).extracting(Draft.Order::invoice).containsExactly("1");
    assertThat(plan.returns()).containsExactly(back("C3", hit("1", Map.of(1, 1L))));
    assertThat(plan.refused()).containsExactly(new Draft.Refused("2", "api-no"));
  }

  @Test
  void theSameDraftsMakeTheSamePlanAgain() throws BadFileException {
    List<Draft> drafts = Csv.drafts("1,A,5,1,7", "2,A,5,1,7", "C3,A,-4,1,7", "C4,A,-4,1,7");

    assertThat(Plan.of(drafts, Map.of())).isEqualTo(Plan.of(drafts, Map.of()));
  }
}
