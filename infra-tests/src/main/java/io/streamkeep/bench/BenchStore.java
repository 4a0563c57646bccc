package io.streamkeep.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the event store beside bare requests; exits with 0 if every command was done once, 1 if
 * one was lost or done twice, 2 if an option is wrong.
 */
@Command(
    name = "bench-store",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the event store beside bare requests, which are its floor:",
      "W1 1,000 streams of 20 commands, W2 one of 2,000, W3 commands of five events,",
      "W4 eight writers of one stream of 400, beside eight that send bare requests, too; warm",
      "and cold, with 4 ms added to each request and without. Then reads the table back for what",
      "was lost or doubled."
    })
public final class BenchStore implements Callable<Integer> {

  private static final int WRONG = 1;
  private static final int BAD_INPUT = 2;

  @Option(
      names = "--runs",
      defaultValue = "10",
      paramLabel = "N",
      description = "How many parts the workloads are done in (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--commands",
      defaultValue = "100",
      paramLabel = "PERCENT",
      description = "How much of the workloads is done (default: ${DEFAULT-VALUE}).")
  private double percent;

  @Option(
      names = "--workload",
      paramLabel = "W",
      split = ",",
      description = "Only these, such as W1,W4 (default: all).")
  private @Nullable Set<String> codes;

  @Option(names = "--json", description = "Give the report as one JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 1 || !(percent > 0 && percent <= 100)) {
      return refused("--runs must be at least 1, --commands over 0 to 100");
    }
    List<Workload> workloads =
        Arrays.stream(Workload.values())
            .filter(workload -> codes == null || codes.contains(workload.code))
            .toList();
    if (workloads.isEmpty() || (codes != null && workloads.size() < codes.size())) {
      return refused("--workload must be some of W1, W2, W3, W4");
    }
    Path template = Path.of(System.getProperty("streamkeep.root", "."), "template.yaml");
    try (Tables tables = Tables.of(template)) {
      StoreReport report = new StoreBench(tables, workloads, runs, percent).measure(err()::println);
      command().commandLine().getOut().println(json ? report.json() : report.text());
      return report.readBack().right() ? 0 : WRONG;
    }
  }

  private int refused(String why) {
    err().println("streamkeep bench-store: " + why);
    return BAD_INPUT;
  }

  private PrintWriter err() {
    return command().commandLine().getErr();
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec);
  }
}
