package io.streamkeep.bench;

import io.streamkeep.bench.ColdStarts.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the command function's cold start beside an empty handler and the SDK alone. */
@Command(
    name = "bench-coldstart",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the first answer of a new command function.",
      "The time from the start of its process to its first answer, beside an empty "
          + "handler and a handler that only uses the SDK's client. Linux only."
    })
public final class BenchColdStart extends BenchCommand {

  private final String system;

  @Option(
      names = "--runs",
      defaultValue = "15",
      paramLabel = "N",
      description = "The number of cold starts of each function (default: ${DEFAULT-VALUE}).")
  private int runs;

  public BenchColdStart() {
    this(System.getProperty("os.name", ""));
  }

  BenchColdStart(String system) {
    this.system = system;
  }

  private record Results(String jdk, boolean aotCache, int runs, List<Result> variants) {}

  @Override
  Report measure(Path root) throws RefusedException, IOException, InterruptedException {
    require(
        system.toLowerCase(Locale.ROOT).startsWith("linux"),
        FAILED,
        "AWS's runtime client exists for Linux only, and this is " + system);
    require(runs >= 1, BAD_INPUT, "--runs must be at least 1");
    Path folder = Files.createTempDirectory("streamkeep-bench");
    try {
      List<Result> variants = new ColdStarts(root, folder).measure(runs);
      return new Report(
          """
          Process start to first answer in ms, AWS's runtime client, C1, serial GC, an AOT cache for the client (JDK 25),
          all variants in turn; ratios run by run: median (min to max).
          empty = an empty handler; sdk = the SDK's client, one PutItem; command = an order placed.
          """,
          new Results(Runtime.version().toString(), ColdStarts.hasAotCache(), runs, variants),
          null);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
