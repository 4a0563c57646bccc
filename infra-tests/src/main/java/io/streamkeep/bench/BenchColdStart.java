package io.streamkeep.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the command function's cold start beside an empty handler and the SDK alone. */
@Command(
    name = "bench-coldstart",
    mixinStandardHelpOptions = true,
    description =
        "Measures how long the command function takes from the start of its process to its first"
            + " answer, beside an empty handler and beside the SDK's client alone. Linux only.")
public final class BenchColdStart implements Callable<Integer> {

  private final String system;

  public BenchColdStart() {
    this(System.getProperty("os.name", ""));
  }

  BenchColdStart(String system) {
    this.system = system;
  }

  @Option(
      names = "--runs",
      defaultValue = "15",
      paramLabel = "N",
      description = "How often each is started (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--json", description = "Give the report as one JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!system.toLowerCase(Locale.ROOT).startsWith("linux")) {
      return fail("AWS's runtime client exists for Linux only, and this is " + system);
    }
    if (runs < 1) {
      return fail("--runs must be at least 1");
    }
    Path root = Path.of(System.getProperty("streamkeep.root", "."));
    Path folder = Files.createTempDirectory("streamkeep-bench");
    try {
      ColdStartReport report = new ColdStartReport(new ColdStarts(root, folder).measure(runs));
      out().println(json ? report.json() : report.text());
      return 0;
    } finally {
      delete(folder);
    }
  }

  private int fail(String message) {
    command().commandLine().getErr().println("streamkeep bench-coldstart: " + message);
    return 1;
  }

  private PrintWriter out() {
    return command().commandLine().getOut();
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
