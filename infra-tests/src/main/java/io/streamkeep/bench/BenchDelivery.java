package io.streamkeep.bench;

import io.streamkeep.api.ExampleBodies;
import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.kernel.store.Commit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Measures delivery beside bare conditional writes. */
@Command(
    name = "bench-delivery",
    mixinStandardHelpOptions = true,
    description = {
      "Measures delivery beside bare conditional writes.",
      "From a batch of 100 commits to the last write. D1: first commits of new streams. "
          + "D2: further commits of 100 streams. D3: commits of one stream. Then D2 with 2, 4 "
          + "and 8 views, each aggregate with its views, and the feed; with 4 ms added to "
          + "each request and without; then backlogs. Reads all rows back. Last, on a local "
          + "cloud, measures the time from an order's append until its view shows it."
    })
public final class BenchDelivery extends ComparisonCommand {

  private static final int MOST = 100_000;
  private static final DeliveryWorkload BACKLOG =
      DeliveryWorkload.bench("D2", "backlog", DeliveryWorkload.Growth.SAME_STREAMS, 1);

  private final Consumer<DynamoDbClient> beforeVerification;

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

  /**
   * The time that one view takes to catch up.
   *
   * @param commits the size of the backlog, in whole batches
   */
  private record Backlog(int commits, double appliedPerSecond) {}

  @Override
  Report measure(Path root) throws RefusedException, IOException, InterruptedException {
    require(runs >= 1 && runs <= MOST, BAD_INPUT, "--runs must be 1 to " + MOST);
    require(commits >= 1 && commits <= MOST, BAD_INPUT, "--commits must be 1 to " + MOST);
    require(orders >= 0 && orders <= MOST, BAD_INPUT, "--orders must be 0 to " + MOST);
    Path template = root.resolve("template.yaml");
    ExampleBodies examples = ExampleBodies.read(root.resolve("functions/api.yaml"));
    List<DeliveryWorkload> workloads =
        selected(DeliveryWorkload.all(examples), DeliveryWorkload::code);
    Map<String, Object> results = new LinkedHashMap<>(settings());
    try (Tables tables = Tables.of(template)) {
      List<Comparison<PutItemRequest, List<Commit>>> all = comparisons(tables, workloads);
      Comparison.measure(all, runs, this::progress);
      results.put("applied", all.stream().map(each -> each.result("applied", "delivery")).toList());
      progress("backlogs");
      results.put(
          "backlogs",
          List.of(
              backlog(tables, Math.max(1, commits / 10)),
              backlog(tables, commits),
              backlog(tables, commits * 10)));
      beforeVerification.accept(tables.plain());
      ViewVerification found = verify(tables, workloads);
      results.put("rows", found.rows());
      results.put("lost", found.lost());
      results.put("wrong", found.wrong());
      progress("lag");
      results.put("lag", LagBench.measure(template, examples, orders, commits));
      results.put("lagNote", LagBench.NOTE);
      return new Report(
          """
          Delivery beside its baseline: for each commit and subscriber one conditional PutItem of the same row. DynamoDB
          Local over HTTP, both in turn. Units by the service's rules, for each applied commit.
          ratio = the baseline's time / the delivery's: 1 is as fast, less is slower; median (min to max).
          backlogs = one view that catches up with a backlog. lag = ms from the response to a placed order until its
          view shows it.
          """,
          results,
          found.passed() ? null : "Rows are lost or wrong; the report counts them.");
    }
  }

  private List<Comparison<PutItemRequest, List<Commit>>> comparisons(
      Tables tables, List<DeliveryWorkload> workloads) {
    int each = Math.max(1, commits / runs);
    int batch = Math.min(CommitFeeder.BATCH, each);
    List<Comparison<PutItemRequest, List<Commit>>> all = new ArrayList<>();
    for (boolean delayed : new boolean[] {true, false}) {
      for (DeliveryWorkload workload : workloads) {
        all.add(comparison(tables, workload, delayed, each / batch, batch));
      }
    }
    return all;
  }

  /**
   * Compares the delivery of a workload's commits with the baseline.
   *
   * @param batches the number of batches of a run
   * @param batch the number of commits in a batch
   */
  static Comparison<PutItemRequest, List<Commit>> comparison(
      Tables tables, DeliveryWorkload workload, boolean delayed, int batches, int batch) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("workload", workload.code());
    settings.put("subscribers", workload.expected().size());
    settings.put("addedMillis", delayed ? Tables.DELAY.toMillis() : 0);
    CommitFeeder feeder = new CommitFeeder(tables.plain(), workload, batch);
    return new Comparison<>(
        settings,
        run -> run == Comparison.WARM_UP ? feeder.warmUp() : feeder.next(batches),
        new BaselineRows(workload.expected()),
        new Contender<>(tables, delayed, 1, BenchDelivery::putting),
        new Contender<>(tables, delayed, 1, workload::delivery));
  }

  private static ToIntFunction<PutItemRequest> putting(DynamoDbClient client) {
    return put -> {
      client.putItem(put);
      return 1;
    };
  }

  private static Backlog backlog(Tables tables, int commits)
      throws IOException, InterruptedException {
    int batch = Math.min(CommitFeeder.BATCH, commits);
    CommitFeeder feeder = new CommitFeeder(tables.plain(), BACKLOG, batch);
    Contender<List<Commit>> view = new Contender<>(tables, false, 1, BACKLOG::delivery);
    view.run(feeder.warmUp());
    view.reset();
    List<List<Commit>> waiting = feeder.next(commits / batch);
    view.run(waiting);
    int size = waiting.size() * batch;
    return new Backlog(size, view.perSecond(size));
  }

  /** Compares the rows of all workloads, and of the backlogs, with their streams. */
  static ViewVerification verify(Tables tables, Collection<DeliveryWorkload> workloads) {
    Set<Expected> expected = new HashSet<>(BACKLOG.expected());
    workloads.forEach(each -> expected.addAll(each.expected()));
    return ViewVerification.of(tables.plain(), expected);
  }
}
