package io.streamkeep.chaos;

import io.streamkeep.importer.InvalidFileException;
import io.streamkeep.localcloud.faults.BadFaultException;
import io.streamkeep.importer.OrderBodies;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * Trades under faults on a local cloud of its own, and then compares everything with the event
 * table; exits with 0 if nothing was lost, doubled or wrong, 1 if something was, 2 if a file or an
 * option is wrong.
 */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Trades under faults: records of the stream that come twice, late, out of order or never,"
          + " environments that are killed before or after what they write, hang, or have another"
          + " time, tables that throttle.",
      "Then, without them, waits until views, feed and what was published are what the events come"
          + " to, and says what it took."
    })
public final class Chaos implements Callable<Integer> {

  private static final int BAD_INPUT = 2;

  static final String FAULTS =
      "duplicate=0.05,delay=0.05,reorder=0.1,drop=0.01,split=1/3,kill-before=0.004,"
          + "kill-after=0.004,throttle=0.01,timeout=0.001:by=3s,clock-jump=0.01";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "UCI Online Retail CSVs whose orders are placed. Default: made up ones.")
  private List<Path> files = List.of();

  @Option(names = "--seed", paramLabel = "N", description = "Default: another each time.")
  private @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long there are faults. Default: ${DEFAULT-VALUE}")
  private double minutes = 1;

  @Option(
      names = "--faults",
      paramLabel = "FAULTS",
      description = "As up takes them. Default: ${DEFAULT-VALUE}")
  private String faults = FAULTS;

  @Option(names = "--json", description = "Report as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(minutes > 0 && minutes <= 24 * 60)) {
      throw new ParameterException(spec.commandLine(), "--minutes must be above 0, at most 1440");
    }
    try {
      return report(
          new ChaosRun(
                  Path.of(System.getProperty("streamkeep.root", "."), "template.yaml"),
                  seed == null ? new Random().nextLong() : seed,
                  Duration.ofMillis((long) (minutes * 60_000)),
                  faults,
                  new Goods(bodies()))
              .run());
    } catch (InvalidFileException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(e.getMessage());
      err.flush();
      return BAD_INPUT;
    } catch (BadFaultException e) {
      throw new ParameterException(spec.commandLine(), "--faults: " + e.getMessage(), e);
    }
  }

  private List<String> bodies() throws InvalidFileException {
    List<String> bodies = new ArrayList<>();
    for (Path file : files) {
      bodies.addAll(OrderBodies.read(file));
    }
    return bodies;
  }

  private int report(ChaosReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() + "\n" : report.text());
    out.flush();
    return report.right() ? 0 : 1;
  }
}
