package io.streamkeep.retail;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/** Runs the command as a user does, with less patience. */
final class Importing {

  /** How a run ended and what it wrote. */
  record Result(int exit, String out, String err) {}

  /** A day with everything in it: guest, zero price, refusals, returns over several orders. */
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

  /** How many commands the day takes: three an order, one for each order that a return hits. */
  static final int COMMANDS = 6 * 3 + 4;

  static final String REPORT =
      """
      {"read":11,"stored":6,"projected":6,"returned":3,\
      "refused":{"quantity-not-positive":1,"unmatched":1},\
      "totals":{"GBP":3860},"returnedTotals":{"GBP":2710}}
      """;

  private static final Patience QUICK = patience(Duration.ofSeconds(30));

  private Importing() {}

  private static Patience patience(Duration standstill) {
    return new Patience(4, Duration.ofMillis(1), Duration.ofMillis(4), standstill);
  }

  static Result json(FakeApi api, Path folder, String... rows) throws IOException {
    return run("--endpoint", api.url() + "/", "--json", write(folder, rows));
  }

  /** For days of which something never shows: waits for it only a second. */
  static Result impatient(FakeApi api, Path folder, String... rows) throws IOException {
    Patience patience = patience(Duration.ofSeconds(1));
    return run(patience, "--endpoint", api.url(), "--json", write(folder, rows));
  }

  /** One request after the other, so that it is known which is the how manieth. */
  static Result inTurn(FakeApi api, Path folder, String... rows) throws IOException {
    return run("--endpoint", api.url(), "--json", "--in-flight=1", write(folder, rows));
  }

  private static String write(Path folder, String... rows) throws IOException {
    return Files.write(folder.resolve("day.csv"), Csv.file(rows)).toString();
  }

  static Result run(String... args) {
    return run(QUICK, args);
  }

  private static Result run(Patience patience, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new ImportRetail(patience))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Result(exit, out.toString(), err.toString());
  }
}
