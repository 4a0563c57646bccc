package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.api.ApiDocument;
import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.domain.module.QueryOperation.GetEvents;
import io.streamkeep.domain.module.QueryOperation.GetRow;
import io.streamkeep.e2e.support.AggregateApi;
import io.streamkeep.e2e.support.AggregateExamples;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.ForEachExposedAggregate;
import io.streamkeep.e2e.support.Problems;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** Invalid requests to every aggregate, and the location of the error in the response. */
public abstract class AggregateInputSuite {

  private static final List<String> UNKNOWN =
      List.of("00000000-0000-8000-8000-000000000000", "nonsense", "%F0%9F%98%80");

  private final Backend backend;
  private final Api api;

  protected AggregateInputSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  @ForEachExposedAggregate
  void invalidBody_isRejectedWithPointerToItsField(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    String id = aggregate.create();
    for (CommandOperation<?> command : module.commands()) {
      JsonObject body = Json.read(orEmpty(AggregateExamples.body(command)));
      ApiDocument.Operation document = AggregateExamples.document(command.operationId());
      assertPointer(
          aggregate.sendBody(command, id, Api.key(), with(body, "not/known", JsonValue.NULL)),
          "/not~1known");
      for (String name : body.keySet()) {
        assertPointer(
            aggregate.sendBody(command, id, Api.key(), with(body, name, JsonValue.TRUE)),
            "/" + name);
      }
      for (String name : document.requiredFields()) {
        String without = Json.object(body).remove(name).build().toString();
        assertPointer(aggregate.sendBody(command, id, Api.key(), without), "/" + name);
      }
    }
    assertThat(aggregate.commits(id)).hasSize(1);
  }

  private static String orEmpty(String body) {
    return body.isEmpty() ? "{}" : body;
  }

  private static String with(JsonObject body, String name, JsonValue value) {
    return Json.object(body).add(name, value).build().toString();
  }

  private static void assertPointer(Response response, String pointer) {
    Problems.assertProblem(response, 400, "bad-input");
    assertThat(response.json().getJsonArray("errors"))
        .extracting(error -> error.asJsonObject().getString("pointer"))
        .containsExactly(pointer);
  }

  @ForEachExposedAggregate
  void malformedRequest_isRejected(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    String id = aggregate.create();
    for (CommandOperation<?> command : module.commands()) {
      String body = orEmpty(AggregateExamples.body(command));
      for (String bad : List.of("{", "[" + body + "]", body + "x")) {
        assertPointer(aggregate.sendBody(command, id, Api.key(), bad), "");
      }
      for (String key : List.of("a b", "k".repeat(129))) {
        Problems.assertParameter(aggregate.send(command, id, key), "Idempotency-Key");
      }
      Problems.assertParameter(
          Api.send(aggregate.request(command, id, body).header("Content-Type", "application/json")),
          "Idempotency-Key");
      Problems.assertProblem(
          Api.send(
              aggregate
                  .request(command, id, body)
                  .header("Content-Type", "text/plain")
                  .header("Idempotency-Key", Api.key())),
          415,
          "not-json");
    }
    assertThat(aggregate.commits(id)).hasSize(1);
  }

  @ForEachExposedAggregate
  void unknownStream_isNotFound(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    String code = module.category() + "-unknown";
    for (String id : UNKNOWN) {
      for (CommandOperation<?> change : new AggregateExamples<>(module).changes()) {
        Problems.assertProblem(aggregate.send(change, id, Api.key()), 404, code);
      }
      for (QueryOperation query : module.queries()) {
        if (query instanceof GetRow || query instanceof GetEvents) {
          String path = AggregateApi.path(query.route(), id);
          Problems.assertProblem(api.get(path), 404, code);
        }
        if (query instanceof GetEvents) {
          String path = AggregateApi.path(query.route(), id);
          Problems.assertProblem(api.get(path + "?after=3"), 404, code);
        }
      }
    }
  }
}
