package io.streamkeep.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A benchmark that compares workloads with their baselines in several runs. */
abstract class ComparisonCommand extends BenchCommand {

  @Option(
      names = "--runs",
      defaultValue = "10",
      paramLabel = "N",
      description = "The number of parts to split the workloads into (default: ${DEFAULT-VALUE}).")
  int runs;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      description = "Only these workloads, as the report names them (default: all).")
  private @Nullable Set<String> names;

  /** The workloads selected by the option. */
  final <W> List<W> selected(List<W> all, Function<W, String> name) throws RefusedException {
    if (names == null) {
      return all;
    }
    Set<String> wanted = names;
    List<String> known = all.stream().map(name).toList();
    String rule = "--workload must be some of " + String.join(", ", known);
    require(known.containsAll(wanted), BAD_INPUT, rule);
    return all.stream().filter(workload -> wanted.contains(name.apply(workload))).toList();
  }

  /** The start of a report: the machine and the options. */
  final Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("jdk", Runtime.version().toString());
    settings.put("runs", runs);
    return settings;
  }
}
