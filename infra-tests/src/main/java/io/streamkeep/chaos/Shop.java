package io.streamkeep.chaos;

import io.streamkeep.aws.json.Json;
import io.streamkeep.importer.RetrySettings;
import io.streamkeep.importer.RetryingHttpClient;
import io.streamkeep.kernel.store.StreamId;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Clients that place orders and see them through, each command until it is answered for sure. */
final class Shop implements AutoCloseable {

  private static final int CLIENTS = 4;
  private static final long BETWEEN_LOOKS = 20; // ms
  private static final RetrySettings PATIENCE =
      new RetrySettings(1000, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO);

  private final URI api;
  private final Goods goods;
  private final SplittableRandom random;
  private final RetryingHttpClient http = new RetryingHttpClient(PATIENCE);
  private final Map<StreamId, Integer> accepted = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  Shop(URI api, Goods goods, SplittableRandom random) {
    this.api = api;
    this.goods = goods;
    this.random = random;
  }

  /** How many commits each order has, by the answers. */
  Map<StreamId, Integer> accepted() {
    return Map.copyOf(accepted);
  }

  /** What was refused, though nothing of it was wrong. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /**
   * Trades until the time is over; what was begun is seen through.
   *
   * @param late whether nobody orders because so much, in commits, is not delivered yet
   */
  void trade(Duration time, LongPredicate late) throws InterruptedException {
    long start = System.nanoTime();
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      SplittableRandom own = random.split();
      clients.add(
          () -> {
            while (System.nanoTime() - start < time.toNanos()) {
              if (late.test(commits())) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
              } else {
                sell(own);
              }
            }
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Void> one : threads.invokeAll(clients)) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A client failed", e.getCause());
    }
  }

  private long commits() {
    return accepted.values().stream().mapToLong(Integer::longValue).sum();
  }

  private void sell(SplittableRandom random) throws IOException, InterruptedException {
    String id = command(random, "POST", "/orders", goods.order(random));
    if (id == null) {
      return;
    }
    String order = "/orders/" + id;
    if (random.nextInt(4) == 0) {
      command(random, "PUT", order + "/lines", goods.lines(random)); // may change nothing
    }
    if (random.nextInt(8) == 0) {
      command(random, "POST", order + "/cancellation", "{\"reason\":\"chaos\"}");
      return;
    }
    command(random, "POST", order + "/confirmation", "");
    command(random, "POST", order + "/completion", "");
    if (random.nextInt(3) == 0) {
      String lines = "{\"lines\":[{\"line\":1,\"quantity\":1}]}";
      command(random, "POST", order + "/returns", lines);
    }
  }

  /** The id of the order, or null if it is refused. */
  private @Nullable String command(SplittableRandom random, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(random, method, path, body);
    if (answer.statusCode() >= 300) {
      return null;
    }
    String id = Json.read(answer.body()).getString("id");
    accepted.merge(new StreamId("order", id), commit(answer), Math::max);
    return id;
  }

  private static int commit(HttpResponse<String> answer) {
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    return Integer.parseInt(tag.replace("\"", ""));
  }

  /** What an operator does when the cause of all that is parked or dead is gone. */
  void redrive() throws IOException, InterruptedException {
    send(random, "POST", "/operations/parked/redrive?all=true", "");
  }

  /** The answer; what it refuses is remembered. */
  private HttpResponse<String> send(
      SplittableRandom random, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        RetryingHttpClient.request(URI.create(api + path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", Long.toHexString(random.nextLong()))
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request);
    while (answer.body().contains("\"contended\"")) {
      answer = http.send(request);
    }
    if (answer.statusCode() >= 300) {
      refused.add(RetryingHttpClient.describe(answer));
    }
    return answer;
  }

  @Override
  public void close() {
    http.close();
  }
}
