package io.streamkeep.retail;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Imports a UCI Online Retail CSV through the HTTP API and reconciles; exits with 0 if all is
 * accounted for, 1 if not or if nothing answers, 2 if the file or an option is wrong.
 */
@Command(
    name = "import-retail",
    description = {
      "Imports a UCI Online Retail CSV through the HTTP API: an invoice becomes an order, confirmed"
          + " and completed; one whose number starts with C becomes a return.",
      "Running it again changes nothing and reports the same; so does going on after a kill."
    },
    mixinStandardHelpOptions = true)
public final class ImportRetail implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;
  private static final int MAX_FAILURES_SHOWN = 20;

  private final Patience patience;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The CSV file.")
  private Path file = Path.of("");

  @Option(names = "--endpoint", paramLabel = "URL", description = "Default: ${DEFAULT-VALUE}")
  private URI endpoint = URI.create("http://127.0.0.1:3000");

  @Option(names = "--json", description = "Report as one JSON object, money in minor units.")
  private boolean json;

  @Mixin private RetailFiles files = new RetailFiles();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "How many requests at once. Default: ${DEFAULT-VALUE}")
  private int width = 8;

  public ImportRetail() {
    this(Patience.STANDARD);
  }

  ImportRetail(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    try (Http http = new Http(patience)) {
      List<Draft> drafts = files.read(file);
      return http.connects(endpoint) ? report(http, drafts) : fail(FAILED, nobodyThere());
    } catch (BadFileException e) {
      return fail(BAD_INPUT, e.getMessage());
    } catch (IOException e) {
      return fail(FAILED, e.getMessage() + "; run the import again and it goes on");
    }
  }

  private void checkOptions() {
    boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!http || endpoint.getHost() == null) {
      throw new ParameterException(spec.commandLine(), "not an http URL: " + endpoint);
    }
    files.checkCurrency();
    if (width < 1) {
      throw new ParameterException(spec.commandLine(), "--in-flight must be at least 1");
    }
  }

  private int report(Http http, List<Draft> drafts) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Report report = run(http, drafts);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? ReportText.json(report) + "\n" : ReportText.table(report, took));
    out.flush();
    if (report.balanced()) {
      return 0;
    }
    explain(report);
    return FAILED;
  }

  private Report run(Http http, List<Draft> drafts) throws IOException, InterruptedException {
    String api = endpoint.toString().replaceAll("/+$", "");
    InFlight inFlight = new InFlight(width);
    Progress progress = Progress.on(spec.commandLine().getErr());
    Ledger ledger = new Driver(new Commands(http, api), inFlight, progress).drive(drafts);
    return new Reconciliation(new Queries(http, api), inFlight, patience, progress)
        .report(ledger, files.currency().getCurrencyCode());
  }

  private void explain(Report report) {
    List<String> failures = report.failures();
    failures.stream().limit(MAX_FAILURES_SHOWN).forEach(this::say);
    if (failures.size() > MAX_FAILURES_SHOWN) {
      say("... and " + (failures.size() - MAX_FAILURES_SHOWN) + " more");
    }
    say(
        "not balanced: read %d = stored %d + returned %d + refused %d; projected %d"
            .formatted(
                report.read(),
                report.stored(),
                report.returned(),
                report.refusals(),
                report.projected()));
  }

  private String nobodyThere() {
    return "nothing answers at " + endpoint + "; start it with infra-tests/streamkeep up";
  }

  private int fail(int status, String why) {
    say(why);
    return status;
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
