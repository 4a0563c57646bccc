package io.streamkeep.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Measures delivery beside bare writes; exits with 0 if every row is right in the end, 1 if one is
 * not, 2 if an option is wrong.
 */
@Command(
    name = "bench-delivery",
    mixinStandardHelpOptions = true,
    description = {
      "Measures delivery beside bare conditional writes, which are its floor, from a function's event",
      "of 100 records to the last write: D1 first commits of new streams, D2 further ones of 100",
      "streams, D3 those of one, D2 by 2, 4 and 8 views, the views of orders, the feed; with 4 ms",
      "added to each request and without; and what is waiting. Then reads all rows back. Last, on a",
      "local cloud, how long it takes from an order's append until its view shows it."
    })
public final class BenchDelivery implements Callable<Integer> {

  private static final int WRONG = 1;
  private static final int BAD_INPUT = 2;
  private static final int MOST = 100_000;

  private final Consumer<DynamoDbClient> beforeReading;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--runs",
      defaultValue = "10",
      paramLabel = "N",
      description = "How many parts the workloads are done in (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--commits",
      defaultValue = "1000",
      paramLabel = "N",
      description = {
        "How many commits a workload has, in whole batches (default: ${DEFAULT-VALUE}).",
        "A tenth, as many, and ten times as many are what is waiting."
      })
  private int commits;

  @Option(
      names = "--orders",
      defaultValue = "200",
      paramLabel = "N",
      description = "How many orders' lag is measured; 0 for none (default: ${DEFAULT-VALUE}).")
  private int orders;

  @Option(names = "--json", description = "Give the report as one JSON object.")
  private boolean json;

  public BenchDelivery() {
    this(client -> {});
  }

  /** With something that happens to the tables before the rows are read back. */
  BenchDelivery(Consumer<DynamoDbClient> beforeReading) {
    this.beforeReading = beforeReading;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 1 || runs > MOST) {
      return refused("--runs must be 1 to " + MOST);
    }
    if (commits < 1 || commits > MOST) {
      return refused("--commits must be 1 to " + MOST);
    }
    if (orders < 0 || orders > MOST) {
      return refused("--orders must be 0 to " + MOST);
    }
    DeliveryReport report =
        measure(Path.of(System.getProperty("streamkeep.root", "."), "template.yaml"));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() + "\n" : report.text());
    out.flush();
    return report.rows().right() ? 0 : WRONG;
  }

  private DeliveryReport measure(Path template) throws IOException, InterruptedException {
    Consumer<String> progress = err()::println;
    DeliveryBench.Result result;
    RowsBack rows;
    try (Tables tables = Tables.of(template)) {
      result = new DeliveryBench(tables, runs, commits, progress).measure();
      beforeReading.accept(tables.plain());
      rows = RowsBack.of(tables.plain(), result.kept());
    }
    List<Lag> lags =
        orders == 0 ? List.of() : new LagBench(template, orders, commits, progress).measure();
    return new DeliveryReport(runs, result.applied(), result.backlogs(), rows, lags);
  }

  private int refused(String why) {
    err().println("streamkeep bench-delivery: " + why);
    return BAD_INPUT;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
