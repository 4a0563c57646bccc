package io.streamkeep.e2e;

import io.streamkeep.e2e.Api.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** Repeats, races and preconditions: every command has its effect once. */
abstract class RepeatsSuite {

  private final Backend backend;
  private final Api api;

  RepeatsSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @Test
  void aRepeatGivesTheSameAnswerWhateverCameLater() {
    String key = Api.key();
    Answer first = api.post("/orders", key, Api.order("repeat", Api.LINE));
    String confirmKey = Api.key();
    Answer confirmed = api.post("/orders/" + first.id() + "/confirmation", confirmKey, "");
    api.post("/orders/" + first.id() + "/completion", "");

    for (String same : List.of(key, "\"" + key + "\"")) {
      Answer again = api.post("/orders", same, Api.order("repeat", Api.LINE));
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(again.header("ETag")).isEqualTo("\"1\"");
      assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }
    Answer again = api.post("/orders/" + first.id() + "/confirmation", confirmKey, "");
    assertThat(again.text()).isEqualTo(confirmed.text());
    assertThat(api.get("/orders/" + first.id() + "/events").array()).hasSize(3);
  }

  @Test
  void aKeyThatWasUsedForSomethingElseIsRefused() {
    String key = Api.key();
    String id = api.post("/orders", key, Api.order("reuse", Api.LINE)).id();

    Problems.assertProblem(
        api.post("/orders", key, Api.order("other", Api.LINE)), 422, "idempotency-key-reused");
    Problems.assertProblem(
        api.post("/orders/" + id + "/confirmation", key, ""), 422, "idempotency-key-reused");
  }

  @Test
  void oneKeyOfTwoTenantsIsTwo() {
    String key = Api.key();
    String body = Api.order("tenants", Api.LINE);
    Answer one = api.post("/orders", key, body, "X-Tenant-Id", "one");
    Answer two = api.post("/orders", key, body, "X-Tenant-Id", "two");
    Answer none = api.post("/orders", key, body);

    assertThat(Set.of(one.id(), two.id(), none.id())).hasSize(3);
    assertThat(api.post("/orders", key, body, "X-Tenant-Id", "two").text()).isEqualTo(two.text());
  }

  @Test
  void manyAtOnceWithOneKeyMakeOneOrderAndGetOneAnswer() throws Exception {
    String key = Api.key();
    String body = Api.order("storm", Api.LINE);
    try (ExecutorService threads = Executors.newFixedThreadPool(backend.crowd())) {
      List<Callable<Answer>> calls =
          IntStream.range(0, backend.crowd())
              .<Callable<Answer>>mapToObj(i -> () -> api.post("/orders", key, body))
              .toList();
      Set<List<Object>> answers = ConcurrentAnswers.of(threads.invokeAll(calls));

      assertThat(answers).hasSize(1);
      assertThat(answers.iterator().next()).startsWith(201, "\"1\"");
    }
    await().until(() -> !api.pages("/customers/storm/orders?limit=10").getFirst().isEmpty());
    assertThat(api.pages("/customers/storm/orders?limit=10"))
        .containsExactly(List.of(id(key, body)));
  }

  private String id(String key, String body) {
    return api.post("/orders", key, body).id();
  }

  /** The different answers among many. */
  private static final class ConcurrentAnswers {
    static Set<List<Object>> of(List<Future<Answer>> calls) throws Exception {
      List<List<Object>> answers = new ArrayList<>();
      for (Future<Answer> call : calls) {
        Answer answer = call.get();
        answers.add(
            List.of(
                answer.status(), answer.header("ETag"), answer.header("Location"), answer.text()));
      }
      return answers.stream().collect(Collectors.toSet());
    }
  }

  @Test
  void racingCommandsOnOneOrderAllHaveTheirEffectOnce() throws Exception {
    String path = "/orders/" + api.sell("race") + "/returns";
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Callable<Answer>> calls =
          IntStream.range(0, 6)
              .<Callable<Answer>>mapToObj(
                  i -> () -> api.post(path, "{\"lines\":[{\"line\":1,\"quantity\":1}]}"))
              .toList();
      for (Future<Answer> call : threads.invokeAll(calls)) {
        assertThat(call.get().status()).isEqualTo(200);
      }
    }
    Problems.assertProblem(
        api.post(path, "{\"lines\":[{\"line\":1,\"quantity\":1}]}"), 409, "return-exceeds-line");
  }

  @Test
  void ifMatchIsHonoured() {
    String path = "/orders/" + api.place("if-match") + "/confirmation";

    Problems.assertProblem(
        api.post(path, Api.key(), "", "If-Match", "\"2\""), 412, "precondition-failed");
    Problems.assertProblem(
        api.post(path, Api.key(), "", "If-Match", "W/\"1\""), 412, "precondition-failed");
    String key = Api.key();
    assertThat(api.post(path, key, "", "If-Match", "\"7\", \"1\"").status()).isEqualTo(200);
    assertThat(api.post(path, key, "", "If-Match", "\"1\"").status())
        .as("a repeat whose first try succeeded")
        .isEqualTo(200);
    Problems.assertProblem(
        api.post("/orders", Api.key(), Api.order("x", Api.LINE), "If-Match", "*"),
        412,
        "precondition-failed");
  }
}
