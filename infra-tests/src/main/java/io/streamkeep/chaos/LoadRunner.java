package io.streamkeep.chaos;

import io.streamkeep.api.CommandGenerator;
import io.streamkeep.api.CommandGenerator.GeneratedCommand;
import io.streamkeep.api.ExampleBodies;
import io.streamkeep.api.RetryingHttpClient;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.importer.BoundedExecutor;
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
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Runs concurrent clients that send random commands to every aggregate, each until its outcome is
 * certain, and records the outcomes.
 */
final class LoadRunner implements AutoCloseable {

  private static final int CLIENTS = 4;
  private static final int MAX_COMMANDS = 6; // on one stream

  static final List<AggregateModule<?, ?, ?>> AGGREGATES =
      Registry.aggregates().stream().filter(module -> !module.commands().isEmpty()).toList();

  private final URI api;
  private final ExampleBodies examples;
  private final Map<String, List<String>> samples;
  private final Random random;
  private final RetryingHttpClient http =
      new RetryingHttpClient(1000, Duration.ofMillis(100), Duration.ofSeconds(1));
  private final Map<StreamId, Integer> accepted = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  /**
   * Prepares load on an API.
   *
   * @param samples bodies by operationId, sent instead of random ones
   */
  LoadRunner(URI api, ExampleBodies examples, Map<String, List<String>> samples, Random random) {
    this.api = api;
    this.examples = examples;
    this.samples = samples;
    this.random = random;
  }

  /** The number of commits that each stream must have, according to the responses. */
  Map<StreamId, Integer> accepted() {
    return Map.copyOf(accepted);
  }

  /** The responses to refused commands; every command was valid. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /**
   * Starts new streams until told to stop, and finishes those it has started.
   *
   * @param stop given the number of accepted commits; true to stop
   * @param pause given the number of accepted commits; true while no stream may be started
   */
  void run(LongPredicate stop, LongPredicate pause) throws IOException, InterruptedException {
    List<Random> clients =
        Stream.generate(() -> new Random(random.nextLong())).limit(CLIENTS).toList();
    new BoundedExecutor(CLIENTS)
        .forEach(
            clients,
            own -> {
              while (!stop.test(commits())) {
                if (pause.test(commits())) {
                  TimeUnit.MILLISECONDS.sleep(20);
                } else {
                  runStream(AGGREGATES.get(own.nextInt(AGGREGATES.size())), own);
                }
              }
            });
  }

  private long commits() {
    return accepted.values().stream().mapToLong(Integer::longValue).sum();
  }

  private void runStream(AggregateModule<?, ?, ?> module, Random own)
      throws IOException, InterruptedException {
    CommandGenerator<?, ?, ?> commands = new CommandGenerator<>(module, examples, samples, own);
    String key = "";
    for (int left = 1 + own.nextInt(MAX_COMMANDS); left > 0; left--) {
      Optional<GeneratedCommand> command = commands.next();
      if (command.isEmpty()) {
        return;
      }
      String[] route = command.get().operation().route().replace("{id}", key).split(" ", 2);
      HttpResponse<String> response = send(own, route[0], route[1], command.get().body());
      if (isRefused(response)) {
        return;
      }
      String location = response.headers().firstValue("Location").orElse(key);
      key = location.substring(location.lastIndexOf('/') + 1);
      String etag = response.headers().firstValue("ETag").orElseThrow();
      int commit = Integer.parseInt(etag.replace("\"", ""));
      accepted.merge(new StreamId(module.category(), key), commit, Math::max);
    }
  }

  private boolean isRefused(HttpResponse<String> response) {
    boolean isRefused = response.statusCode() >= 300;
    if (isRefused) {
      refused.add(RetryingHttpClient.describe(response));
    }
    return isRefused;
  }

  private HttpResponse<String> send(Random own, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        RetryingHttpClient.command(
            method, URI.create(api + path), Long.toHexString(own.nextLong()), body);
    return http.send(request);
  }

  /** Redrives everything that is parked, as an operator does once the cause is fixed. */
  void redrive() throws IOException, InterruptedException {
    isRefused(send(random, "POST", "/operations/parked/redrive?all=true", ""));
  }

  @Override
  public void close() {
    http.close();
  }
}
