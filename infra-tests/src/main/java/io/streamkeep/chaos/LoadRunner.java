package io.streamkeep.chaos;

import io.streamkeep.aws.json.Json;
import io.streamkeep.importer.BoundedExecutor;
import io.streamkeep.importer.RetrySettings;
import io.streamkeep.importer.RetryingHttpClient;
import io.streamkeep.kernel.store.StreamId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** Concurrent clients that run load generators, and a record of their commands' outcomes. */
final class LoadRunner implements AutoCloseable {

  private static final int CLIENTS = 4;
  private static final RetrySettings RETRIES =
      new RetrySettings(1000, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO);

  private final URI api;
  private final List<LoadGenerator> generators;
  private final SplittableRandom random;
  private final RetryingHttpClient http = new RetryingHttpClient(RETRIES);
  private final Map<StreamId, Integer> accepted = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  LoadRunner(URI api, List<LoadGenerator> generators, SplittableRandom random) {
    this.api = api;
    this.generators = generators;
    this.random = random;
  }

  /** The number of commits that each stream must have by the responses. */
  Map<StreamId, Integer> accepted() {
    return Map.copyOf(accepted);
  }

  /** The responses to refused commands, though all were valid. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /**
   * Starts new streams until told to stop, and finishes those that were started.
   *
   * @param stop given the number of accepted commits
   * @param pause the same; true while no stream is to be started
   */
  void run(LongPredicate stop, LongPredicate pause) throws IOException, InterruptedException {
    List<SplittableRandom> clients = Stream.generate(random::split).limit(CLIENTS).toList();
    new BoundedExecutor(CLIENTS).forEach(clients, own -> runClient(own, stop, pause));
  }

  private void runClient(SplittableRandom own, LongPredicate stop, LongPredicate pause)
      throws IOException, InterruptedException {
    while (!stop.test(commits())) {
      if (pause.test(commits())) {
        TimeUnit.MILLISECONDS.sleep(20);
      } else {
        LoadGenerator generator = generators.get(own.nextInt(generators.size()));
        generator.run(
            (method, path, body) -> send(generator.category(), own, method, path, body), own);
      }
    }
  }

  private long commits() {
    return accepted.values().stream().mapToLong(Integer::longValue).sum();
  }

  private Optional<String> send(
      String category, SplittableRandom own, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(own, method, path, body);
    if (response.statusCode() >= 300) {
      refused.add(RetryingHttpClient.describe(response));
      return Optional.empty();
    }
    String id = Json.read(response.body()).getString("id");
    String etag = response.headers().firstValue("ETag").orElseThrow();
    accepted.merge(new StreamId(category, id), Integer.parseInt(etag.replace("\"", "")), Math::max);
    return Optional.of(id);
  }

  private HttpResponse<String> send(SplittableRandom own, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        RetryingHttpClient.command(
            method, URI.create(api + path), Long.toHexString(own.nextLong()), body);
    HttpResponse<String> response = http.send(request);
    while (response.body().contains("\"contended\"")) {
      response = http.send(request);
    }
    return response;
  }

  /** Retries whatever is parked or dead, as an operator does once the cause is gone. */
  void redrive() throws IOException, InterruptedException {
    HttpResponse<String> response = send(random, "POST", "/operations/parked/redrive?all=true", "");
    if (response.statusCode() >= 300) {
      refused.add(RetryingHttpClient.describe(response));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
