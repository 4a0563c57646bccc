package io.streamkeep.retail;

import io.streamkeep.retail.FakeApi.Fault;
import io.streamkeep.retail.Importing.Result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not as it was answered is found out in the end. */
@Tag("slow")
class ImportUnbalancedTest {

  private final Path folder;
  private final FakeApi api;

  ImportUnbalancedTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void notBalanced(String counts, String why) throws IOException {
    Result result = Importing.impatient(api, folder, Importing.DAY);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains(counts);
    assertThat(result.err()).contains(why);
  }

  @Test
  void anOrderThatLosesToOtherWritersIsNotCountedAsRefused() throws IOException {
    api.faults =
        (request, nth, nthOfAll) -> request.equals("retail-3-place") ? Fault.CONTENDED : Fault.NONE;

    notBalanced("\"stored\":5,\"projected\":5", "invoice 3: placing failed: POST ");
  }

  @Test
  void aViewThatDoesNotMoveIsNotProjected() throws IOException {
    api.views.stuck = order -> "8".equals(order.customer());

    notBalanced("\"stored\":6,\"projected\":5", "invoice 9 is not projected: ");
  }

  @Test
  void aViewOfAnotherCommitIsNotProjected() throws IOException {
    api.views.ahead = order -> order.customer() == null;

    notBalanced(
        "\"stored\":6,\"projected\":5",
        "invoice 3 is not projected: the view reflects commit 4, not 3");
  }

  @Test
  void anOrderThatItsCustomersListLeavesOutIsNotProjected() throws IOException {
    api.views.unlisted = order -> order.id().equals(FakeOrders.idOf("retail-10-place"));

    notBalanced(
        "\"stored\":6,\"projected\":5",
        "invoice 10 is not projected: customer 7's list has null instead of ");
  }

  @Test
  void anOrderWhoseHistoryIsNotWholeIsNotStored() throws IOException {
    api.views.cut = order -> "8".equals(order.customer());

    notBalanced(
        "\"stored\":5,\"projected\":5", "invoice 9 is not stored: the event store has only ");
  }
}
