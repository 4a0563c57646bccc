package io.streamkeep.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command of a benchmark: measures and prints a report. Exits with 0 if verification passes, 1
 * if it fails, 2 if an option or a file can't be used.
 */
abstract class BenchCommand implements Callable<Integer> {

  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print the report as one JSON object.")
  private boolean json;

  /**
   * The results of a benchmark.
   *
   * @param explanation explains the names in the results to people
   * @param results a record or a map that becomes a JSON object
   * @param failure the reason why verification failed, or null if it passed
   */
  record Report(String explanation, Object results, @Nullable String failure) {}

  /** Thrown for an option, a file or a machine that can't be used; the message says why. */
  static final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    RefusedException(int exitCode, String message) {
      super(message);
      this.exitCode = exitCode;
    }
  }

  /** Runs the benchmark of the project in {@code root}, which has been built. */
  abstract Report measure(Path root) throws RefusedException, IOException, InterruptedException;

  @Override
  public final Integer call() throws IOException, InterruptedException {
    try {
      Report report = measure(Path.of(System.getProperty("streamkeep.root", ".")));
      JsonNode results = new ObjectMapper().valueToTree(report.results());
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? results + "\n" : report.explanation() + TextReport.of(results));
      out.flush();
      if (report.failure() == null) {
        return 0;
      }
      progress(report.failure());
      return FAILED;
    } catch (RefusedException e) {
      progress(String.valueOf(e.getMessage()));
      return e.exitCode;
    }
  }

  final void require(boolean usable, int exitCode, String rule) throws RefusedException {
    if (!usable) {
      throw new RefusedException(exitCode, "streamkeep %s: %s".formatted(spec.name(), rule));
    }
  }

  /** Prints a progress line for the user, apart from the report. */
  final void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
