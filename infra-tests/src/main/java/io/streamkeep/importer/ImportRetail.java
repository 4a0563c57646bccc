package io.streamkeep.importer;

import io.streamkeep.api.RetryingHttpClient;
import io.streamkeep.console.FileErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The import command. Exits with 0 if every invoice is accounted for, 1 if not or if the API does
 * not answer, 2 if the file or an option is invalid.
 */
@Command(
    name = "import-retail",
    description = {
      "Imports a UCI Online Retail CSV through the HTTP API: an invoice becomes an order, confirmed"
          + " and completed; one whose number starts with C becomes a return.",
      "Reads everything back from the event store and the views. A second run, or one after a kill,"
          + " repeats the same commands and reports the same."
    },
    mixinStandardHelpOptions = true)
public final class ImportRetail implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int INVALID_INPUT = 2;

  /**
   * Limits of retries and waits.
   *
   * @param attempts the maximum for one request
   * @param shortest the first wait between attempts, and the wait between two checks of the views
   * @param longest the last wait between attempts
   * @param stalled stops waiting for views after so long without progress
   */
  record Waits(int attempts, Duration shortest, Duration longest, Duration stalled) {}

  private final Waits waits;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The CSV file.")
  private Path file = Path.of("");

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Address of the API. Default: ${DEFAULT-VALUE}")
  private URI endpoint = URI.create("http://127.0.0.1:3000");

  @Option(names = "--json", description = "Report as one JSON object, money in minor units.")
  private boolean json;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Write the refused invoices to a CSV: number, line and reason.")
  private @Nullable Path rejects;

  @Mixin private RetailFiles files = new RetailFiles();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Number of concurrent requests. Default: ${DEFAULT-VALUE}")
  private int concurrency = 8;

  public ImportRetail() {
    this(new Waits(8, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(60)));
  }

  ImportRetail(Waits waits) {
    this.waits = waits;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    try (RetryingHttpClient http =
        new RetryingHttpClient(waits.attempts(), waits.shortest(), waits.longest())) {
      List<ParsedInvoice> invoices = files.read(file);
      createRejects();
      return http.connects(endpoint)
          ? run(http, invoices)
          : fail(
              FAILED,
              "nothing answers at " + endpoint + "; start it with infra-tests/streamkeep up");
    } catch (InvalidFileException e) {
      return fail(INVALID_INPUT, e.getMessage());
    } catch (IOException e) {
      return fail(FAILED, e.getMessage() + "; run the import again and it goes on");
    }
  }

  private void checkOptions() {
    if (!String.valueOf(endpoint.getScheme()).matches("https?") || endpoint.getHost() == null) {
      throw new ParameterException(spec.commandLine(), "not an http URL: " + endpoint);
    }
    files.checkCurrency();
    if (concurrency < 1) {
      throw new ParameterException(spec.commandLine(), "--in-flight must be at least 1");
    }
  }

  /** Creates the file early, so that a failure is reported before anything is sent. */
  private void createRejects() throws InvalidFileException {
    if (rejects == null) {
      return;
    }
    try {
      if (Files.exists(rejects) && Files.isSameFile(rejects, file)) {
        throw new InvalidFileException("--rejects " + rejects + ": is the file to import");
      }
      Files.writeString(rejects, "");
    } catch (IOException e) {
      throw new InvalidFileException("--rejects " + rejects + ": " + FileErrors.reason(e));
    }
  }

  private int run(RetryingHttpClient http, List<ParsedInvoice> invoices)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    OrdersClient client = new OrdersClient(http, endpoint.toString().replaceAll("/+$", ""));
    BoundedExecutor executor = new BoundedExecutor(concurrency);
    PrintWriter err = spec.commandLine().getErr();
    InvoiceSender.Result sent = new InvoiceSender(client, executor, err).send(invoices);
    ImportReport report =
        new ImportVerification(client, executor, waits, err)
            .report(sent, files.currency().getCurrencyCode());
    if (rejects != null) {
      try (Writer to = Files.newBufferedWriter(rejects)) {
        report.writeRejects(to);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        json ? report.json() + "\n" : report.text(Duration.ofNanos(System.nanoTime() - start)));
    out.flush();
    return report.balanced() ? 0 : fail(FAILED, report.explanation());
  }

  private int fail(int status, String reason) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(reason);
    err.flush();
    return status;
  }
}
