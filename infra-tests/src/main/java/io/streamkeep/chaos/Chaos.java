package io.streamkeep.chaos;

import io.streamkeep.importer.InvalidFileException;
import io.streamkeep.importer.RetailFiles;
import io.streamkeep.localcloud.faults.BadFaultException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The chaos command. Exits with 0 if nothing is lost, duplicated or wrong, 1 if something is, 2 if
 * a file or an option is invalid.
 */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Runs load on a local cloud of its own under faults: stream records that are duplicated,"
          + " late, out of order or lost, shards that are split or closed, environments that are"
          + " killed before or after a write, hang, or have a wrong clock, functions, tables and"
          + " queues that throttle or fail, and conflicting transactions.",
      "Then waits, without faults, until views, feed and published events agree with the event"
          + " table, and reports."
    })
public final class Chaos implements Callable<Integer> {

  static final String FAULTS =
      "duplicate=0.05,delay=0.05,reorder=0.1,drop=0.01,split=1/10:max=1,rollover=1/3,kill-before=0.004,"
          + "kill-after=0.004,throttle=0.01,unavailable=0.005,conflict=0.02,partial=0.1,"
          + "timeout=0.001:by=3s,throttle-invoke=0.02,clock-jump=0.01";

  private static final int INVALID_INPUT = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "UCI Online Retail CSVs with the orders to place. Default: random orders.")
  private List<Path> files = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes runs repeatable. Default: random.")
  private @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Duration of load and faults. Default: ${DEFAULT-VALUE}")
  private double minutes = 1;

  @Option(
      names = "--faults",
      paramLabel = "FAULTS",
      description = "Faults as up takes them. Default: ${DEFAULT-VALUE}")
  private String faults = FAULTS;

  @Option(names = "--json", description = "Report as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(minutes > 0 && minutes <= 24 * 60)) {
      throw new ParameterException(spec.commandLine(), "--minutes must be above 0, at most 1440");
    }
    try {
      ChaosRun run =
          new ChaosRun(
              Path.of(System.getProperty("streamkeep.root", ".")),
              seed == null ? new Random().nextLong() : seed,
              faults,
              Map.of("placeOrder", orderBodies()));
      return report(run.run(Duration.ofMillis((long) (minutes * 60_000)), Long.MAX_VALUE));
    } catch (InvalidFileException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(e.getMessage());
      err.flush();
      return INVALID_INPUT;
    } catch (BadFaultException e) {
      throw new ParameterException(spec.commandLine(), "--faults: " + e.getMessage(), e);
    }
  }

  private List<String> orderBodies() throws InvalidFileException {
    List<String> bodies = new ArrayList<>();
    for (Path file : files) {
      bodies.addAll(new RetailFiles().placeBodies(file));
    }
    return bodies;
  }

  private int report(ChaosReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() + "\n" : report.text());
    out.flush();
    return report.passed() ? 0 : 1;
  }
}
