package io.streamkeep.bench;

import io.streamkeep.localcloud.LocalCloud;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The lag of the order's view on a local cloud, with the functions as they are deployed. */
final class LagBench {

  private static final int UNTIMED = 100;
  private static final int CLIENTS = 8;
  private static final Duration IDLE = Duration.ofMillis(50);
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final String LOAD = "%d orders a second".formatted(1000 / BETWEEN.toMillis());

  private final Path template;
  private final int orders;
  private final int waiting;
  private final Consumer<String> progress;

  /**
   * Prepares.
   *
   * @param orders how many are placed in each way
   * @param waiting how many commits the last one is placed after
   */
  LagBench(Path template, int orders, int waiting, Consumer<String> progress) {
    this.template = template;
    this.orders = orders;
    this.waiting = waiting;
    this.progress = progress;
  }

  List<Lag> measure() throws IOException, InterruptedException {
    try (LocalCloud cloud = LocalCloud.of(template).schedules(false).start();
        WatchedOrders api = new WatchedOrders(cloud.apiUrl())) {
      progress.accept("lag");
      steadily(api, Math.min(UNTIMED, orders));
      List<Lag> lags = new ArrayList<>();
      lags.add(Lag.of("idle", oneByOne(api)));
      lags.add(Lag.of(LOAD, steadily(api, orders)));
      int behind = append(cloud);
      lags.add(Lag.of("after %d commits".formatted(behind), List.of(api.place())));
      return lags;
    }
  }

  private List<Double> oneByOne(WatchedOrders api) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      millis.add(api.place());
      TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
    }
    return millis;
  }

  private static List<Double> steadily(WatchedOrders api, int orders) throws InterruptedException {
    List<Double> millis = new ArrayList<>();
    try (ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS)) {
      List<Future<Double>> all = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        all.add(clients.schedule(api::place, i * BETWEEN.toMillis(), TimeUnit.MILLISECONDS));
      }
      for (Future<Double> one : all) {
        millis.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return millis;
  }

  /** As fast as it goes, past the API. */
  private int append(LocalCloud cloud) {
    DeliveryWorkload workload = DeliveryWorkload.ORDERS;
    Arrivals arrivals =
        new Arrivals(
            cloud.dynamoDb(), workload, workload.category(""), Math.min(Arrivals.BATCH, waiting));
    int appended = 0;
    while (appended < waiting) {
      appended += arrivals.append().size();
    }
    return appended;
  }
}
