package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.kernel.store.Commit;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Measures delivery beside bare conditional writes. */
@Command(
    name = "bench-delivery",
    mixinStandardHelpOptions = true,
    description = {
      "Measures delivery beside bare conditional writes, from a batch of 100 commits to the last",
      "write: D1 first commits of new streams, D2 further commits of 100 streams, D3",
      "commits of one stream, D2 with 2, 4 and 8 views, each aggregate with its views, and the",
      "feed; with 4 ms added to each request and without; then backlogs. Reads all rows back.",
      "Last, on a local cloud, measures the time from an order's append until its view shows it."
    })
public final class BenchDelivery extends BenchCommand {

  private static final int MOST = 100_000;
  private static final DeliveryWorkload BACKLOG =
      DeliveryWorkload.bench("D2", "backlog", SampleAggregate.ENDLESS, 1);

  private static final JsonTable APPLIED =
      Comparison.table("applied")
          .column("applied/s", "/appliedPerSecond", "%.0f")
          .column("ratio", "/ratio", "%.2f");
  private static final JsonTable BACKLOGS =
      new JsonTable()
          .column("a backlog of", "/commits", "%.0f")
          .column("applied/s", "/appliedPerSecond", "%.0f")
          .column("each batch", "/batches", "%.0f");

  private final Consumer<DynamoDbClient> beforeVerification;

  @Option(
      names = "--runs",
      defaultValue = "10",
      paramLabel = "N",
      description = "The number of parts to split the workloads into (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--commits",
      defaultValue = "1000",
      paramLabel = "N",
      description = {
        "The number of commits of a workload, in whole batches (default: ${DEFAULT-VALUE}).",
        "The backlogs have a tenth of it, as many, and ten times as many."
      })
  private int commits;

  @Option(
      names = "--orders",
      defaultValue = "200",
      paramLabel = "N",
      description = "The number of orders to measure the lag of, or 0 (default: ${DEFAULT-VALUE}).")
  private int orders;

  public BenchDelivery() {
    this(client -> {});
  }

  /** A benchmark that changes the tables before it reads the rows back. */
  BenchDelivery(Consumer<DynamoDbClient> beforeVerification) {
    this.beforeVerification = beforeVerification;
  }

  @Override
  Report measure(Path root) throws RefusedException, IOException, InterruptedException {
    require(runs >= 1 && runs <= MOST, BAD_INPUT, "--runs must be 1 to " + MOST);
    require(commits >= 1 && commits <= MOST, BAD_INPUT, "--commits must be 1 to " + MOST);
    require(orders >= 0 && orders <= MOST, BAD_INPUT, "--orders must be 0 to " + MOST);
    Path template = root.resolve("template.yaml");
    try (Tables tables = Tables.of(template)) {
      List<DeliveryComparison> comparisons = comparisons(tables);
      Comparison.measure(comparisons, runs, this::progress);
      List<JsonObject> backlogs = new ArrayList<>();
      for (int waiting : List.of(Math.max(1, commits / 10), commits, commits * 10)) {
        progress("backlog of " + waiting);
        backlogs.add(backlog(tables, waiting));
      }
      beforeVerification.accept(tables.plain());
      ViewVerification found = verify(tables, comparisons);
      return report(comparisons, backlogs, found, lags(template));
    }
  }

  private List<DeliveryComparison> comparisons(Tables tables) {
    int each = Math.max(1, commits / runs);
    int batch = Math.min(CommitFeeder.BATCH, each);
    return Stream.of(true, false)
        .flatMap(
            delayed ->
                DeliveryWorkload.all(delayed ? "-delayed" : "").stream()
                    .map(w -> new DeliveryComparison(tables, w, delayed, each / batch, batch)))
        .toList();
  }

  /** Appends commits in whole batches, then measures how fast one view catches up. */
  private static JsonObject backlog(Tables tables, int commits) {
    int batch = Math.min(CommitFeeder.BATCH, commits);
    CommitFeeder feeder = new CommitFeeder(tables.plain(), BACKLOG, batch);
    Consumer<List<Commit>> delivery = BACKLOG.delivery(tables.client());
    feeder.warmUp().forEach(delivery);
    List<Double> rates = new ArrayList<>();
    List<List<Commit>> waiting = feeder.next(commits / batch);
    long start = System.nanoTime();
    for (List<Commit> each : waiting) {
      long batchStart = System.nanoTime();
      delivery.accept(each);
      rates.add(batch * 1000 / Contender.millisSince(batchStart));
    }
    return Json.object()
        .add("commits", waiting.size() * batch)
        .add("appliedPerSecond", waiting.size() * batch * 1000 / Contender.millisSince(start))
        .add("batches", MedianRange.of(rates).json())
        .build();
  }

  static ViewVerification verify(Tables tables, List<DeliveryComparison> comparisons) {
    Map<String, List<Expected>> expected =
        new HashMap<>(Map.of(BACKLOG.aggregate().category(), BACKLOG.expected()));
    comparisons.stream()
        .map(DeliveryComparison::workload)
        .forEach(each -> expected.put(each.aggregate().category(), each.expected()));
    return ViewVerification.of(
        tables.plain(), new EventTable(tables.plain(), Tables.EVENTS).commits(), expected);
  }

  private List<JsonObject> lags(Path template) throws IOException, InterruptedException {
    if (orders == 0) {
      return List.of();
    }
    progress("lag");
    try (LagBench bench = new LagBench(template)) {
      return bench.measure(orders, commits);
    }
  }

  private Report report(
      List<DeliveryComparison> comparisons,
      List<JsonObject> backlogs,
      ViewVerification found,
      List<JsonObject> lags) {
    String text =
        """
        Delivery beside its baseline: for each commit and subscriber one conditional PutItem of the same row. DynamoDB
        Local over HTTP, JDK %s, %d runs, both in turn. Units by the service's rules, for each applied commit.
        ratio = the baseline's time / the delivery's: 1 is as fast, less is slower; median (min to max).

        %s
        %s
        Rows of all subscribers: %d, %d lost, %d wrong.
        """
            .formatted(
                Runtime.version(),
                runs,
                APPLIED.text(Comparison.rows(comparisons, "delivery")),
                BACKLOGS.text(backlogs),
                found.rows(),
                found.lost(),
                found.wrong());
    JsonObject json =
        Json.object()
            .add("jdk", Runtime.version().toString())
            .add("runs", runs)
            .add("applied", Comparison.json(comparisons, "applied", "delivery"))
            .add("backlogs", array(backlogs))
            .add("rows", found.rows())
            .add("lost", found.lost())
            .add("wrong", found.wrong())
            .add("lagNote", LagBench.NOTE)
            .add("lag", array(lags))
            .build();
    return new Report(
        lags.isEmpty() ? text : text + LagBench.text(lags),
        json,
        found.passed() ? null : "Rows are lost or wrong; the report counts them.");
  }

  private static JsonArrayBuilder array(List<JsonObject> objects) {
    JsonArrayBuilder array = Json.array();
    objects.forEach(array::add);
    return array;
  }
}
