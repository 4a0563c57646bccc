package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.importer.FakeApi.Fault;
import io.streamkeep.importer.ImportRun.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Differences between responses and what is stored or shown are reported. */
@Tag("fast")
class ImportUnbalancedTest {

  @RegisterExtension private final FakeApi api = new FakeApi();
  @TempDir private Path folder = Path.of("");

  private void notBalanced(String counts, String why) throws IOException {
    Result result = ImportRun.impatient(api, folder, ImportRun.DAY);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains(counts);
    assertThat(result.err()).contains(why);
  }

  @Test
  void contendedOrderIsAFailure_notARefusal() throws IOException {
    api.faults =
        (request, nth, nthOfAll) -> request.equals("retail-3-place") ? Fault.CONTENDED : Fault.NONE;

    notBalanced("\"stored\":5,\"projected\":5", "invoice 3: placing failed: POST ");
  }

  @Test
  void stalledViewIsNotProjected() throws IOException {
    api.views.stuck = order -> "8".equals(order.customer());

    notBalanced("\"stored\":6,\"projected\":5", "invoice 9 is not projected: ");
  }

  @Test
  void viewOfAnotherCommitIsNotProjected() throws IOException {
    api.views.ahead = order -> order.customer() == null;

    notBalanced(
        "\"stored\":6,\"projected\":5",
        "invoice 3 is not projected: the view reflects commit 4, not 3");
  }

  @Test
  void orderMissingFromItsCustomersListIsNotProjected() throws IOException {
    api.views.unlisted = order -> order.id().equals(FakeOrders.idOf("retail-10-place"));

    notBalanced(
        "\"stored\":6,\"projected\":5",
        "invoice 10 is not projected: customer 7's list has null instead of ");
  }

  @Test
  void orderWithAnIncompleteHistoryIsNotStored() throws IOException {
    api.views.cut = order -> "8".equals(order.customer());

    notBalanced(
        "\"stored\":5,\"projected\":5", "invoice 9 is not stored: the event store has only ");
  }
}
