package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent requests: every command takes effect once. */
public abstract class RacesSuite {

  private final Backend backend;
  private final Api api;

  protected RacesSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @Test
  void concurrentRequestsWithOneKey_createOneOrder_andGetOneResponse() throws Exception {
    String key = Api.key();
    String body = Api.order("storm", Api.LINE);
    try (ExecutorService threads = Executors.newFixedThreadPool(backend.maxConcurrentRequests())) {
      List<Callable<Response>> calls =
          IntStream.range(0, backend.maxConcurrentRequests())
              .<Callable<Response>>mapToObj(i -> () -> api.post("/orders", key, body))
              .toList();
      Set<List<Object>> responses = DistinctResponses.of(threads.invokeAll(calls));

      assertThat(responses).hasSize(1);
      assertThat(responses.iterator().next()).startsWith(201, "\"1\"");
    }
    await().until(() -> !api.pages("/customers/storm/orders?limit=10").getFirst().isEmpty());
    assertThat(api.pages("/customers/storm/orders?limit=10"))
        .containsExactly(List.of(id(key, body)));
  }

  private String id(String key, String body) {
    return api.post("/orders", key, body).id();
  }

  /** The distinct responses among many. */
  private static final class DistinctResponses {
    static Set<List<Object>> of(List<Future<Response>> calls) throws Exception {
      List<List<Object>> responses = new ArrayList<>();
      for (Future<Response> call : calls) {
        Response response = call.get();
        responses.add(
            List.of(
                response.status(),
                response.header("ETag"),
                response.header("Location"),
                response.text()));
      }
      return responses.stream().collect(Collectors.toSet());
    }
  }

  @Test
  void concurrentCommandsOnOneOrder_takeEffectOnceEach() throws Exception {
    String path = "/orders/" + api.sell("race") + "/returns";
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Callable<Response>> calls =
          IntStream.range(0, 6)
              .<Callable<Response>>mapToObj(
                  i -> () -> api.post(path, "{\"lines\":[{\"line\":1,\"quantity\":1}]}"))
              .toList();
      for (Future<Response> call : threads.invokeAll(calls)) {
        assertThat(call.get().status()).isEqualTo(200);
      }
    }
    Problems.assertProblem(
        api.post(path, "{\"lines\":[{\"line\":1,\"quantity\":1}]}"), 409, "return-exceeds-line");
  }
}
