package io.streamkeep.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.importer.ImportRun.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class ImportRetailTest {

  @RegisterExtension private final FakeApi api = new FakeApi();
  @TempDir private Path folder = Path.of("");

  private static void failed(Result result, int exit, String why) {
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().strip()).isEqualTo(why);
  }

  @Test
  void importsAndReconciles() throws IOException {
    Result result = ImportRun.json(api, folder, ImportRun.DAY);

    assertThat(result.err()).contains("orders: 6 of 6", "returns: 3 of 3", "views: 8 of 8");
    assertThat(result.out()).isEqualTo(ImportRun.REPORT);
    assertThat(result.exit()).isZero();
    assertThat(api.orders.all()).hasSize(6);
  }

  @Test
  void rerunChangesNothingAndReportsTheSame() throws IOException {
    ImportRun.json(api, folder, ImportRun.DAY);
    var stored = api.orders.all();

    Result again = ImportRun.json(api, folder, ImportRun.DAY);

    assertThat(again.out()).isEqualTo(ImportRun.REPORT);
    assertThat(again.exit()).isZero();
    assertThat(api.orders.all()).isEqualTo(stored);
  }

  @Test
  void exampleFileHasEveryKindOfInvoice() {
    Result result = ImportRun.run("--endpoint", api.url(), "--json", "examples/retail-sample.csv");

    assertThat(result.out())
        .isEqualTo(
            """
            {"read":8,"stored":5,"projected":5,"returned":1,\
            "refused":{"quantity-not-positive":1,"unmatched":1},\
            "rejects":[{"invoice":"C900006","line":13,"reason":"unmatched"},\
            {"invoice":"900007","line":14,"reason":"quantity-not-positive"}],\
            "totals":{"GBP":41055},"returnedTotals":{"GBP":3875}}
            """);
    assertThat(result.exit()).isZero();
  }

  @Test
  void reportsAsText() {
    Result result = ImportRun.run("--endpoint", api.url(), "examples/retail-sample.csv");

    assertThat(result.out())
        .contains("orders stored", "410.55", "38.75", "time taken")
        .contains(
            "refused: line 13, invoice C900006: unmatched",
            "refused: line 14, invoice 900007: quantity-not-positive");
    assertThat(result.exit()).isZero();
  }

  @Test
  void rejectsAreWrittenToAFile() throws IOException {
    Path rejects = folder.resolve("rejects.csv");
    String file = "examples/retail-sample.csv";

    Result result = ImportRun.run("--endpoint", api.url(), "--rejects", rejects.toString(), file);

    assertThat(result.exit()).isZero();
    assertThat(rejects)
        .hasContent(
            """
            InvoiceNo,Line,Reason
            C900006,13,unmatched
            900007,14,quantity-not-positive
            """);
  }

  @Test
  void rejectsThatCannotBeWritten_areReportedBeforeAnythingIsSent() throws IOException {
    Path day = Files.write(folder.resolve("day.csv"), TestCsv.file(ImportRun.DAY));
    Path nowhere = folder.resolve("nowhere/rejects.csv");

    failed(
        ImportRun.run("--endpoint", api.url(), "--rejects", nowhere.toString(), day.toString()),
        2,
        "--rejects " + nowhere + ": no such file or folder");
    failed(
        ImportRun.run("--endpoint", api.url(), "--rejects", day.toString(), day.toString()),
        2,
        "--rejects " + day + ": is the file to import");
    assertThat(api.requests).hasValue(0);
    assertThat(day).hasBinaryContent(TestCsv.file(ImportRun.DAY));
  }

  /** Blemishes that spreadsheets and people leave in files. */
  @Test
  void fileIsImported_whenItHasByteOrderMarkBlankLinesAndImpossibleTimes() throws IOException {
    String rows =
        """

        2,A,X,1,2026-02-30 09:00:00,1.00,7,France
        3,A,X,1,3/2/2026 9:00,1.00,7,France

        """;
    Path file = Files.writeString(folder.resolve("x.csv"), "\uFEFF" + TestCsv.HEADER + "\n" + rows);

    Result result = ImportRun.run("--endpoint", api.url(), "--json", file.toString());

    assertThat(result.out())
        .startsWith("{\"read\":2,\"stored\":1,")
        .contains("\"rejects\":[{\"invoice\":\"2\",\"line\":3,\"reason\":\"date-not-usable\"}]");
    assertThat(result.exit()).isZero();
  }

  @Test
  void emptyFileIsBalanced() throws IOException {
    Result result = ImportRun.json(api, folder);

    assertThat(result.out()).startsWith("{\"read\":0,").contains("\"totals\":{\"GBP\":0}");
    assertThat(result.exit()).isZero();
  }

  @Test
  void reportsInOneLineThatNothingAnswers() throws IOException {
    String url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + free.getLocalPort();
    }

    failed(
        ImportRun.run("--endpoint", url, "examples/retail-sample.csv"),
        1,
        "nothing answers at " + url + "; start it with infra-tests/streamkeep up");
  }

  @Test
  void reportsInOneLineWhatIsWrongWithTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "InvoiceNo\n");

    failed(
        ImportRun.run("--endpoint", api.url(), file.toString()),
        2,
        file + ": line 1: the header must be " + String.join(",", RetailCsv.HEADER));
    failed(ImportRun.run("no-such.csv"), 2, "no-such.csv: no such file or folder");
    failed(
        ImportRun.json(api, folder, "1,A,9000000,9000000000,", "2,A,9000000,9000000000,"),
        2,
        folder.resolve("day.csv") + ": the orders add up to more than can be reported");
    assertThat(api.requests).hasValue(0);
  }

  @Test
  void refusesInvalidOptions() {
    String file = "examples/retail-sample.csv";
    for (List<String> options :
        List.of(
            List.of("--endpoint", "nowhere"),
            List.of("--endpoint", "ftp://127.0.0.1"),
            List.of("--currency", "QQQ"),
            List.of("--currency", "XXX"),
            List.of("--in-flight", "0"))) {
      Result result = ImportRun.run(options.get(0), options.get(1), file);
      assertThat(result.exit()).as(options.toString()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
    }
  }
}
