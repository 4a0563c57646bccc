package io.streamkeep.bench;

import io.streamkeep.api.RetryingHttpClient;
import io.streamkeep.aws.json.Json;
import io.streamkeep.localcloud.LocalCloud;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The lag of a view on a local cloud that runs the packaged functions: the milliseconds from the
 * response to a placed order until its view is found.
 */
final class LagBench implements AutoCloseable {

  static final String NOTE =
      "On this machine's local cloud, which polls every 20 ms; AWS polls a shard 4 times a second.";

  private static final JsonTable TABLE =
      new JsonTable()
          .label("when")
          .column("orders", "/orders", "%.0f")
          .column("p50", "/p50Millis", "%.0f")
          .column("p99", "/p99Millis", "%.0f")
          .column("max", "/maxMillis", "%.0f");

  private static final int WARM_UP = 100;
  private static final int CLIENTS = 8;
  private static final long PAUSE_MILLIS = 50;
  private static final long POLL_MILLIS = 3;
  private static final long GIVE_UP_MILLIS = Duration.ofMinutes(10).toMillis();

  private final LocalCloud cloud;
  private final RetryingHttpClient http =
      new RetryingHttpClient(10, Duration.ofMillis(10), Duration.ofMillis(100));

  LagBench(Path template) throws IOException {
    this.cloud = LocalCloud.of(template).schedules(false).start();
  }

  /**
   * Measures the lag when idle, under load and behind a backlog.
   *
   * @param orders the number placed when idle and under load
   * @param backlog the number of commits that the last order waits for
   */
  List<JsonObject> measure(int orders, int backlog) throws IOException, InterruptedException {
    lags(CLIENTS, Math.min(WARM_UP, orders));
    List<JsonObject> lags = new ArrayList<>();
    lags.add(json("idle", lags(1, orders)));
    lags.add(json("%d orders a second".formatted(1000 / PAUSE_MILLIS), lags(CLIENTS, orders)));
    int waiting = append(backlog);
    lags.add(json("after %d commits".formatted(waiting), List.of(lag())));
    return lags;
  }

  static String text(List<JsonObject> lags) {
    return "\nLag in ms, from the response to a placed order until its view shows it.\n%s\n\n%s"
        .formatted(NOTE, TABLE.text(lags));
  }

  private static JsonObject json(String when, List<Double> millis) {
    return Json.object()
        .add("when", when)
        .add("orders", millis.size())
        .add("p50Millis", MedianRange.percentile(millis, 0.5))
        .add("p99Millis", MedianRange.percentile(millis, 0.99))
        .add("maxMillis", Collections.max(millis))
        .build();
  }

  /** Places orders at a constant rate, at most {@code clients} of them at once. */
  private List<Double> lags(int clients, int orders) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    try (ScheduledExecutorService threads = Executors.newScheduledThreadPool(clients)) {
      List<Future<Double>> lags = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        lags.add(threads.schedule(this::lag, i * PAUSE_MILLIS, TimeUnit.MILLISECONDS));
      }
      for (Future<Double> lag : lags) {
        millis.add(lag.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return millis;
  }

  /** Appends commits without the API and returns their number. */
  private int append(int commits) {
    CommitFeeder feeder =
        new CommitFeeder(
            cloud.dynamoDb(),
            DeliveryWorkload.of(SampleAggregate.all().getFirst()),
            Math.min(CommitFeeder.BATCH, commits));
    int appended = 0;
    while (appended < commits) {
      appended += feeder.next(1).getFirst().size();
    }
    return appended;
  }

  private double lag() throws IOException, InterruptedException {
    HttpResponse<String> placed =
        http.send(
            RetryingHttpClient.request(URI.create(cloud.apiUrl() + PlaceOrder.PATH))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(PlaceOrder.body()))
                .build());
    long start = System.nanoTime();
    require(201, placed);
    String location = placed.headers().firstValue("Location").orElseThrow();
    HttpRequest view = RetryingHttpClient.request(URI.create(cloud.apiUrl() + location)).build();
    HttpResponse<String> found = http.send(view);
    while (found.statusCode() == 404 && Contender.millisSince(start) < GIVE_UP_MILLIS) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      found = http.send(view);
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

  @Override
  public void close() {
    http.close();
    cloud.close();
  }
}
