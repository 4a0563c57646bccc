package io.streamkeep.importer;

import io.streamkeep.importer.ImportRetail.Waits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/** Runs the command as a user does, with shorter waits. */
final class ImportRun {

  /** Exit status and output of a run. */
  record Result(int exit, String out, String err) {}

  /** A guest, a zero price, refusals, and returns of several orders. */
  static final String[] DAY = {
    "1,A,5,2.95,7.0",
    "1,B,2,0.50,7.0",
    "1,A,1,3.00,7.0",
    "2,A,3,2.95,7.0",
    "3,A,9,1.00,",
    "C4,A,-2,2.95,7.0",
    "C4,B,-1,0.50,7.0",
    "C5,A,-6,2.95,7.0",
    "C6,A,-1,2.95,7.0",
    "C7,A,-1,1.00,",
    "8,A,-4,0.0,",
    "9,C,10,0.0,8.0",
    "10,A,1,1.00,7.0",
    "11,A,1,1.00,7.0"
  };

  /** Commands of the day: three for each order, one for each part of a return. */
  static final int COMMANDS = 6 * 3 + 4;

  static final String REPORT =
      """
      {"read":11,"stored":6,"projected":6,"returned":3,\
      "refused":{"quantity-not-positive":1,"unmatched":1},\
      "rejects":[{"invoice":"C7","line":11,"reason":"unmatched"},\
      {"invoice":"8","line":12,"reason":"quantity-not-positive"}],\
      "totals":{"GBP":3860},"returnedTotals":{"GBP":2710}}
      """;

  private static final Waits QUICK = waits(Duration.ofSeconds(30));

  private ImportRun() {}

  private static Waits waits(Duration stalled) {
    return new Waits(4, Duration.ofMillis(1), Duration.ofMillis(4), stalled);
  }

  static Result json(FakeApi api, Path folder, String... rows) throws IOException {
    return run("--endpoint", api.url() + "/", "--json", write(folder, rows));
  }

  /** Gives up on stalled views after half a second. */
  static Result impatient(FakeApi api, Path folder, String... rows) throws IOException {
    Waits waits = waits(Duration.ofMillis(500));
    return run(waits, "--endpoint", api.url(), "--json", write(folder, rows));
  }

  /** Sends one request at a time, so that their order is known. */
  static Result inTurn(FakeApi api, Path folder, String... rows) throws IOException {
    return run("--endpoint", api.url(), "--json", "--in-flight=1", write(folder, rows));
  }

  private static String write(Path folder, String... rows) throws IOException {
    return Files.write(folder.resolve("day.csv"), TestCsv.file(rows)).toString();
  }

  static Result run(String... args) {
    return run(QUICK, args);
  }

  private static Result run(Waits waits, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new ImportRetail(waits))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Result(exit, out.toString(), err.toString());
  }
}
