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

/** Repeats, races and preconditions: every command takes effect once. */
public abstract class RepeatsSuite {

  private final Backend backend;
  private final Api api;

  protected RepeatsSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @Test
  void repeatedCommand_returnsFirstResponse_afterLaterCommands() {
    String key = Api.key();
    Response first = api.post("/orders", key, Api.order("repeat", Api.LINE));
    String confirmKey = Api.key();
    Response confirmed = api.post("/orders/" + first.id() + "/confirmation", confirmKey, "");
    api.post("/orders/" + first.id() + "/completion", "");

    for (String same : List.of(key, "\"" + key + "\"")) {
      Response again = api.post("/orders", same, Api.order("repeat", Api.LINE));
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(again.header("ETag")).isEqualTo("\"1\"");
      assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }
    Response again = api.post("/orders/" + first.id() + "/confirmation", confirmKey, "");
    assertThat(again.text()).isEqualTo(confirmed.text());
    assertThat(api.get("/orders/" + first.id() + "/events").array()).hasSize(3);
  }

  @Test
  void idempotencyKey_isRejected_whenBodyDiffers() {
    String key = Api.key();
    String id = api.post("/orders", key, Api.order("reuse", Api.LINE)).id();

    Problems.assertProblem(
        api.post("/orders", key, Api.order("other", Api.LINE)), 422, "idempotency-key-reused");
    Problems.assertProblem(
        api.post("/orders/" + id + "/confirmation", key, ""), 422, "idempotency-key-reused");
  }

  @Test
  void idempotencyKey_isScopedToTenant() {
    String key = Api.key();
    String body = Api.order("tenants", Api.LINE);
    Response one = api.post("/orders", key, body, "X-Tenant-Id", "one");
    Response two = api.post("/orders", key, body, "X-Tenant-Id", "two");
    Response none = api.post("/orders", key, body);

    assertThat(Set.of(one.id(), two.id(), none.id())).hasSize(3);
    assertThat(api.post("/orders", key, body, "X-Tenant-Id", "two").text()).isEqualTo(two.text());
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

  @Test
  void ifMatch_rejectsCommand_whenOrderHasOtherVersion() {
    String path = "/orders/" + api.place("if-match") + "/confirmation";

    Problems.assertProblem(
        api.post(path, Api.key(), "", "If-Match", "\"2\""), 412, "precondition-failed");
    Problems.assertProblem(
        api.post(path, Api.key(), "", "If-Match", "W/\"1\""), 412, "precondition-failed");
    String key = Api.key();
    assertThat(api.post(path, key, "", "If-Match", "\"7\", \"1\"").status()).isEqualTo(200);
    assertThat(api.post(path, key, "", "If-Match", "\"1\"").status())
        .as("a repeat whose first attempt succeeded")
        .isEqualTo(200);
    Problems.assertProblem(
        api.post("/orders", Api.key(), Api.order("x", Api.LINE), "If-Match", "*"),
        412,
        "precondition-failed");
  }
}
