package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.importer.FakeApi.Fault;
import io.streamkeep.importer.ImportRun.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class ImportFaultsTest {

  private static Map<String, List<FakeOrders.Version>> storedWithoutFaults;

  @RegisterExtension private final FakeApi api = new FakeApi();
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void runWithoutFaults(@TempDir Path folder) throws IOException {
    try (FakeApi clean = new FakeApi()) {
      assertThat(ImportRun.json(clean, folder, ImportRun.DAY).exit()).isZero();
      storedWithoutFaults = clean.orders.all();
    }
  }

  private Result run() throws IOException {
    return ImportRun.json(api, folder, ImportRun.DAY);
  }

  /**
   * Lets that many requests through, one at a time, and then none, as if the import were killed.
   */
  private void killAfter(int requests) throws IOException {
    int before = api.requests.get();
    api.faults = (request, nth, nthOfAll) -> nthOfAll > before + requests ? Fault.LOST : Fault.NONE;
    Result killed = ImportRun.inTurn(api, folder, ImportRun.DAY);
    assertThat(killed.exit()).isEqualTo(1);
    assertThat(killed.out()).isEmpty();
    assertThat(killed.err()).contains("gave up: no answer to ", "run the import again");
    api.faults = (request, nth, nthOfAll) -> Fault.NONE;
  }

  private void somebodyElse(String path, String body) {
    assertThat(api.orders.command(path, "somebody-else", body).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST", "ERROR", "BUSY", "ANSWER_LOST"})
  void resultIsUnaffected_whenTheFirstAttemptOfEveryRequestFails(Fault fault) throws IOException {
    api.faults = (request, nth, nthOfAll) -> nth == 1 ? fault : Fault.NONE;

    Result result = run();

    assertThat(result.out()).isEqualTo(ImportRun.REPORT);
    assertThat(result.exit()).isZero();
    assertThat(api.orders.all()).isEqualTo(storedWithoutFaults);
  }

  @ParameterizedTest
  @MethodSource("pointsInTime")
  void rerunEndsTheSame_whenTheImportWasKilledAtAnyPoint(int requests) throws IOException {
    killAfter(requests);

    Result result = run();

    assertThat(result.out()).isEqualTo(ImportRun.REPORT);
    assertThat(result.exit()).isZero();
    assertThat(api.orders.all()).isEqualTo(storedWithoutFaults);
  }

  /** After each command and during reconciliation; the first request only connects. */
  static IntStream pointsInTime() {
    return IntStream.rangeClosed(1, 1 + ImportRun.COMMANDS + 3);
  }

  @Test
  void lastingErrorFailsItsInvoiceAndTheReturnsOfIt() throws IOException {
    api.faults =
        (request, nth, nthOfAll) -> request.equals("retail-2-confirm") ? Fault.ERROR : Fault.NONE;

    Result result = run();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("\"read\":11,\"stored\":5,\"projected\":5,\"returned\":1,");
    assertThat(result.err())
        .contains(
            "invoice 2: confirmation failed: POST ",
            "invoice C4: not sent, an order that it takes back from failed",
            "invoice C6: not sent",
            "not balanced: read 11 = stored 5 + returned 1 + refused 2; projected 5");
  }

  @Test
  void invoiceIsRefused_whenAnotherFileHasItsNumber() throws IOException {
    ImportRun.json(api, folder, "2,Z,1,1.00,7.0");

    Result result =
        ImportRun.json(api, folder, "1,A,1,1.00,7.0", "2,A,1,2.00,7.0", "C3,A,-1,1.00,7.0");

    assertThat(result.out())
        .isEqualTo(
            """
            {"read":3,"stored":1,"projected":1,"returned":1,\
            "refused":{"api-idempotency-key-reused":1},\
            "rejects":[{"invoice":"2","line":3,"reason":"api-idempotency-key-reused"}],\
            "totals":{"GBP":100},"returnedTotals":{"GBP":100}}
            """);
    assertThat(result.exit()).isZero();
  }

  @Test
  void refusedConfirmationIsAFailure() throws IOException {
    killAfter(2);
    somebodyElse("/orders/" + FakeOrders.idOf("retail-1-place") + "/confirmation", "{}");

    Result result = run();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("invoice 1: confirmation failed: order-already-confirmed: ");
    assertThat(result.out()).contains("\"stored\":5");
  }

  @Test
  void returnRefusedHalfWayIsAFailure() throws IOException {
    killAfter(1 + 6 * 3 + 1);
    somebodyElse(
        "/orders/" + FakeOrders.idOf("retail-1-place") + "/returns",
        "{\"lines\":[{\"line\":2,\"quantity\":2}]}");

    Result result = ImportRun.impatient(api, folder, ImportRun.DAY);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("invoice C4: return to 1 failed: return-exceeds-line: ")
        .contains("invoice C5: return answered ")
        .contains("invoice 1 is not projected: ");
  }

  @Test
  void refusedReturnIsReported_andTheOrdersMismatchStays() throws IOException {
    killAfter(1 + 6 * 3);
    somebodyElse(
        "/orders/" + FakeOrders.idOf("retail-2-place") + "/returns",
        "{\"lines\":[{\"line\":1,\"quantity\":2}]}");

    Result result = ImportRun.impatient(api, folder, ImportRun.DAY);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("\"api-return-exceeds-line\":1");
    assertThat(result.err()).contains("invoice 2 is not projected: ");
  }
}
