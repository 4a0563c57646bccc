package io.streamkeep.bench;

import io.streamkeep.bench.StoreWorkload.Task;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Measures the event store beside bare requests. */
@Command(
    name = "bench-store",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the event store beside bare requests.",
      "W1: 1,000 streams of 20 commands. W2: one stream of 2,000 commands. W3: commands "
          + "of five events. W4: eight writers of one stream of 4,000 commands, beside a "
          + "single one that sends bare requests. All warm and cold, with 4 ms added to each "
          + "request and without. Then reads the table back for lost and duplicated commands."
    })
public final class BenchStore extends ComparisonCommand {

  private static final String CATEGORY = "store";

  private final Set<CommandId> sent = new HashSet<>();

  @Option(
      names = "--commands",
      defaultValue = "100",
      paramLabel = "PERCENT",
      description = "The share of the workloads to carry out (default: ${DEFAULT-VALUE}).")
  private double percent;

  @Override
  Report measure(Path root) throws RefusedException, IOException, InterruptedException {
    require(
        runs >= 1 && percent > 0 && percent <= 100,
        BAD_INPUT,
        "--runs must be at least 1, --commands over 0 to 100");
    List<StoreWorkload> workloads = selected(List.of(StoreWorkload.values()), StoreWorkload::name);
    try (Tables tables = Tables.of(root.resolve("template.yaml"))) {
      List<Comparison<Task, Task>> all = comparisons(tables, workloads);
      Comparison.measure(all, runs, this::progress);
      StoreVerification found = StoreVerification.of(tables.plain(), CATEGORY, sent);
      Map<String, Object> results = new LinkedHashMap<>(settings());
      results.put("percent", percent);
      results.put("workloads", all.stream().map(each -> each.result("commands", "store")).toList());
      results.put("lost", found.lost());
      results.put("duplicated", found.duplicated());
      results.put("gaps", found.gaps());
      return new Report(
          """
          The event store beside its baseline: one conditional PutItem by one writer; cold, after a Query. DynamoDB
          Local over HTTP, both in turn. Units by the service's rules, for each command.
          ratio = the baseline's time / the store's: 1 is as fast, less is slower; median (min to max).
          """,
          results,
          found.passed() ? null : "Commands were lost or duplicated; the report counts them.");
    }
  }

  /** All workloads, warm and cold; competing writers are always warm. */
  private List<Comparison<Task, Task>> comparisons(Tables tables, List<StoreWorkload> workloads) {
    List<Comparison<Task, Task>> all = new ArrayList<>();
    for (boolean delayed : new boolean[] {true, false}) {
      for (StoreWorkload workload : workloads) {
        all.add(comparison(tables, workload, false, delayed));
        if (workload.writers == 1) {
          all.add(comparison(tables, workload, true, delayed));
        }
      }
    }
    return all;
  }

  private Comparison<Task, Task> comparison(
      Tables tables, StoreWorkload workload, boolean cold, boolean delayed) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("workload", workload.name());
    settings.put("start", cold ? "cold" : "warm");
    settings.put("addedMillis", delayed ? Tables.DELAY.toMillis() : 0);
    return new Comparison<>(
        settings,
        run -> {
          List<Task> tasks =
              workload.tasks(CATEGORY, settings.values().toString(), run, runs, percent);
          tasks.forEach(task -> sent.add(task.id()));
          return tasks;
        },
        tasks -> tasks.stream().map(BenchStore::ofBaseline).toList(),
        new Contender<>(tables, delayed, 1, client -> new BaselineWriter(client, cold)),
        new Contender<>(tables, delayed, workload.writers, client -> writer(client, cold)));
  }

  /** The same command, on a stream that only the baseline writes. */
  private static Task ofBaseline(Task task) {
    return new Task(new StreamId("baseline", task.stream().key()), task.id(), task.command());
  }

  /** A writer that retries until the command succeeds, and returns the number of attempts. */
  private static ToIntFunction<Task> writer(DynamoDbClient dynamoDb, boolean cold) {
    CommandClient<List<String>, String, Long> client =
        new CommandClient<>(
            dynamoDb,
            cold ? CommandClient.COLD : CommandClient.WARM,
            BenchAggregate.module(CATEGORY, 0));
    return task -> {
      AtomicInteger attempts = new AtomicInteger(1);
      Outcome<Long> outcome;
      do {
        outcome =
            client.handle(
                task.stream(),
                task.id(),
                task.command(),
                event -> attempts.addAndGet(event == AttemptEvent.SNAPSHOT_LEFT_OUT ? 0 : 1));
      } while (outcome instanceof Outcome.RetriesExhausted);
      if (!(outcome instanceof Outcome.Completed)) {
        throw new IllegalStateException("Expected the command to be accepted: " + outcome);
      }
      return attempts.get();
    };
  }
}
