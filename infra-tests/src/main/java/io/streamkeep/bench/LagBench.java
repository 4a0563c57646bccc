package io.streamkeep.bench;

import io.streamkeep.api.ExampleBodies;
import io.streamkeep.api.RetryingHttpClient;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.domain.module.QueryOperation.GetRow;
import io.streamkeep.importer.BoundedExecutor;
import io.streamkeep.localcloud.LocalCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Measures the lag of a view on a local cloud that runs the packaged functions: the milliseconds
 * from the response to a command that creates a stream until the stream's row is found.
 *
 * @param path the path of that command
 * @param body the body of that command
 */
record LagBench(URI api, RetryingHttpClient http, String path, String body) {

  static final String NOTE =
      "On this machine's local cloud, which polls every 20 ms; AWS polls a shard 4 times a second.";

  private static final int WARM_UP = 100;
  private static final int CLIENTS = 8;
  private static final int PAUSE_MILLIS = 50;
  private static final long POLL_MILLIS = 3;
  private static final long GIVE_UP_MILLIS = Duration.ofMinutes(10).toMillis();

  /** The first aggregate with a command that creates a stream and a query that gets a row. */
  private static final AggregateModule<?, ?, ?> MODULE =
      Registry.aggregates().stream()
          .filter(module -> module.commands().stream().anyMatch(CommandOperation::creates))
          .filter(module -> module.queries().stream().anyMatch(GetRow.class::isInstance))
          .findFirst()
          .orElseThrow();

  /**
   * The lag of some orders, or of whatever streams the aggregate has.
   *
   * @param when the conditions under which it was measured
   */
  record Lag(String when, int orders, double p50Millis, double p99Millis, double maxMillis) {

    private static Lag of(String when, List<Double> millis) {
      return new Lag(
          when,
          millis.size(),
          MedianRange.percentile(millis, 0.5),
          MedianRange.percentile(millis, 0.99),
          MedianRange.percentile(millis, 1));
    }
  }

  /**
   * Measures the lag when idle, under load and behind a backlog; returns nothing for no orders.
   *
   * @param orders the number of streams created when idle and under load
   * @param backlog the number of commits that the last stream waits for
   */
  static List<Lag> measure(Path template, ExampleBodies examples, int orders, int backlog)
      throws IOException, InterruptedException {
    if (orders == 0) {
      return List.of();
    }
    CommandOperation<?> create =
        MODULE.commands().stream().filter(CommandOperation::creates).findFirst().orElseThrow();
    try (LocalCloud cloud = LocalCloud.of(template).schedules(false).start();
        RetryingHttpClient http =
            new RetryingHttpClient(10, Duration.ofMillis(10), Duration.ofMillis(100))) {
      String path = create.route().replaceFirst(".* ", "");
      String body = String.valueOf(examples.examples().get(create.operationId()));
      LagBench bench = new LagBench(cloud.apiUrl(), http, path, body);
      bench.lags(CLIENTS, Math.min(WARM_UP, orders));
      List<Double> idle = bench.lags(1, orders);
      List<Double> loaded = bench.lags(CLIENTS, orders);
      CommitFeeder feeder =
          new CommitFeeder(
              cloud.dynamoDb(),
              DeliveryWorkload.of(MODULE, examples),
              Math.min(CommitFeeder.BATCH, backlog));
      int waiting = 0;
      while (waiting < backlog) {
        waiting += feeder.next(1).getFirst().size();
      }
      return List.of(
          Lag.of("idle", idle),
          Lag.of("%d orders a second".formatted(1000 / PAUSE_MILLIS), loaded),
          Lag.of("after %d commits".formatted(waiting), bench.lags(1, 1)));
    }
  }

  /** Creates streams at a constant rate, at most {@code clients} of them concurrently. */
  private List<Double> lags(int clients, int streams) throws IOException, InterruptedException {
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    long start = System.nanoTime();
    new BoundedExecutor(clients)
        .forEach(
            IntStream.range(0, streams).boxed().toList(),
            i -> {
              long due = i * PAUSE_MILLIS - (long) Contender.millisSince(start);
              TimeUnit.MILLISECONDS.sleep(due);
              millis.add(lag());
            });
    return millis;
  }

  private double lag() throws IOException, InterruptedException {
    String key = UUID.randomUUID().toString();
    HttpResponse<String> created =
        http.send(RetryingHttpClient.command("POST", URI.create(api + path), key, body));
    long start = System.nanoTime();
    require(201, created);
    String location = created.headers().firstValue("Location").orElseThrow();
    HttpRequest row = RetryingHttpClient.request(URI.create(api + location)).build();
    HttpResponse<String> found = http.send(row);
    while (found.statusCode() == 404 && Contender.millisSince(start) < GIVE_UP_MILLIS) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      found = http.send(row);
    }
    double millis = Contender.millisSince(start);
    require(200, found);
    return millis;
  }

  private static void require(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new IllegalStateException(RetryingHttpClient.describe(response));
    }
  }
}
