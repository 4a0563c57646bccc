package io.streamkeep.bench;

import static java.util.stream.Collectors.toSet;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the event store beside bare requests. */
@Command(
    name = "bench-store",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the event store beside bare requests: W1 1,000 streams of 20 commands, W2 one",
      "stream of 2,000 commands, W3 commands of five events, W4 eight writers of one stream of",
      "400 commands, beside a single one that sends bare requests; warm and cold, with 4 ms added",
      "to each request and without. Then reads the table back for lost and duplicated commands."
    })
public final class BenchStore extends BenchCommand {

  private static final JsonTable TABLE =
      Comparison.table("commands")
          .column("p50 ms", "/p50Millis", "%.2f")
          .column("p99 ms", "/p99Millis", "%.2f")
          .column("attempts", "/maxAttempts", "%.0f")
          .column("ratio", "/ratio", "%.2f");

  @Option(
      names = "--runs",
      defaultValue = "10",
      paramLabel = "N",
      description = "The number of parts to split the workloads into (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--commands",
      defaultValue = "100",
      paramLabel = "PERCENT",
      description = "The share of the workloads to carry out (default: ${DEFAULT-VALUE}).")
  private double percent;

  @Option(
      names = "--workload",
      paramLabel = "W",
      split = ",",
      description = "Only these workloads, such as W1,W4 (default: all).")
  private @Nullable Set<String> names;

  @Override
  Report measure(Path root) throws RefusedException, IOException, InterruptedException {
    require(
        runs >= 1 && percent > 0 && percent <= 100,
        BAD_INPUT,
        "--runs must be at least 1, --commands over 0 to 100");
    List<StoreWorkload> workloads =
        Arrays.stream(StoreWorkload.values())
            .filter(workload -> names == null || names.contains(workload.name()))
            .toList();
    require(
        !workloads.isEmpty() && (names == null || workloads.size() == names.size()),
        BAD_INPUT,
        "--workload must be some of W1, W2, W3, W4");
    try (Tables tables = Tables.of(root.resolve("template.yaml"))) {
      List<StoreComparison> all = comparisons(tables, workloads);
      Comparison.measure(all, runs, this::progress);
      return report(
          all,
          StoreVerification.of(
              tables.plain(),
              StoreComparison.CATEGORY,
              all.stream().flatMap(each -> each.sent().stream()).collect(toSet())));
    }
  }

  /** All workloads, warm and cold; writers that compete are always warm. */
  private List<StoreComparison> comparisons(Tables tables, List<StoreWorkload> workloads) {
    List<StoreComparison> all = new ArrayList<>();
    for (boolean delayed : new boolean[] {true, false}) {
      for (StoreWorkload workload : workloads) {
        all.add(new StoreComparison(tables, workload, false, delayed, runs, percent));
        if (workload.writers == 1) {
          all.add(new StoreComparison(tables, workload, true, delayed, runs, percent));
        }
      }
    }
    return all;
  }

  private Report report(List<StoreComparison> all, StoreVerification found) {
    String text =
        """
        The event store beside its baseline: one conditional PutItem by one writer; cold, after a Query. DynamoDB
        Local over HTTP, JDK %s, %d runs, both in turn. Units by the service's rules, for each command.
        ratio = the baseline's time / the store's: 1 is as fast, less is slower; median (min to max).

        %s
        Read back: %d commands, %d lost, %d duplicated, %d gaps.
        """
            .formatted(
                Runtime.version(),
                runs,
                TABLE.text(Comparison.rows(all, "store")),
                found.commands(),
                found.lost(),
                found.duplicated(),
                found.gaps());
    JsonObject json =
        Json.object()
            .add("jdk", Runtime.version().toString())
            .add("runs", runs)
            .add("percent", percent)
            .add("workloads", Comparison.json(all, "commands", "store"))
            .add("lost", found.lost())
            .add("duplicated", found.duplicated())
            .add("gaps", found.gaps())
            .build();
    return new Report(
        text,
        json,
        found.passed() ? null : "Commands were lost or duplicated; the report counts them.");
  }
}
