package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import io.streamkeep.api.ApiDocument;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.e2e.support.AggregateApi;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.BodyGenerator;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.Schemas;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API's document and the functions agree: of bodies that are generated from the document, valid
 * ones and ones with a single error, the functions reject exactly the invalid ones.
 */
@Tag("slow")
final class ApiContractTest {

  private static final int BODIES = 150;

  @RegisterExtension
  static final LocalCloudExtension CLOUD =
      new LocalCloudExtension(cloud -> cloud.prewarm(false).schedules(false));

  private static final ApiDocument DOCUMENT = ApiDocument.read(LocalCloudExtension.API);

  private final Api api = CLOUD.api();

  /** The commands that take a body, each with its aggregate. */
  static Stream<Arguments> commands() {
    return Registry.aggregates().stream()
        .flatMap(
            module ->
                module.commands().stream()
                    .map(command -> DOCUMENT.operation(command.operationId()))
                    .filter(operation -> operation.body() != null)
                    .map(
                        operation -> Arguments.of(Named.of(module.category(), module), operation)));
  }

  @Test
  void documentHasEveryOperation() {
    List<String> registered = new ArrayList<>();
    Registry.aggregates()
        .forEach(
            module -> {
              module.commands().forEach(command -> registered.add(command.operationId()));
              module.queries().forEach(query -> registered.add(query.operationId()));
            });

    assertThat(DOCUMENT.operations())
        .extracting(ApiDocument.Operation::id)
        .hasSizeGreaterThan(registered.size())
        .containsAll(registered);
  }

  @Test
  void operationIdsAreUnique() {
    assertThat(DOCUMENT.operations())
        .extracting(ApiDocument.Operation::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z]+([A-Z][a-z]+)*"));
  }

  @Test
  void operationsAcceptMetadataAndAnswersReturnTheCorrelation() {
    assertThat(DOCUMENT.operations())
        .allSatisfy(
            operation ->
                assertThat(operation.parameters())
                    .contains("X-Correlation-Id", "X-Tenant-Id", "traceparent", "tracestate"));
    assertThat(DOCUMENT.operations())
        .allSatisfy(
            operation ->
                assertThat(operation.answers().values())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(
                        answer -> assertThat(answer.headers()).contains("X-Correlation-Id")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void functionRejectsExactlyInvalidBodies(
      AggregateModule<?, ?, ?> module, ApiDocument.Operation operation) throws IOException {
    JsonNode schema = operation.requiredBody();
    JsonSchema judge = Schemas.validator(schema);
    BodyGenerator generator = new BodyGenerator(schema, new Random(operation.path().hashCode()));
    String path =
        operation.path().replace("{id}", new AggregateApi(module, CLOUD.backend()).create());
    List<String> refused = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < BODIES; i++) {
      JsonNode body = i % 3 == 0 ? generator.valid() : generator.mutated();
      boolean valid = judge.validate(body).isEmpty();
      Response answer =
          api.send(operation.method(), path, Api.key(), new ObjectMapper().writeValueAsBytes(body));
      assertThat(answer.status() == 400)
          .as(
              "%s %s: schema %s, function %d %s",
              operation, body, valid, answer.status(), answer.text())
          .isEqualTo(!valid);
      assertThat(answer.status()).isIn(200, 201, 400, 409, 422);
      assertThat(operation.answers()).containsKey(Integer.toString(answer.status()));
      if (valid) {
        accepted++;
      } else {
        refused.add(answer.text());
      }
    }
    assertThat(accepted).isGreaterThan(BODIES / 5);
    assertThat(refused.size()).isGreaterThan(BODIES / 5);
  }

  @Test
  void answersMatchTheirSchemas() {
    String id = api.sell("answers");
    api.post("/orders/" + id + "/returns", "{\"lines\":[{\"line\":1,\"quantity\":1}]}");
    CLOUD.awaitViews();

    assertAnswer("Order", api.get("/orders/" + id));
    assertAnswer("Order", api.post("/orders", Api.order("answers", Api.LINE)));
    assertAnswer("Orders", api.get("/customers/answers/orders?limit=1"));
    assertAnswer("Sales", api.get("/sales?from=2026-01-01&to=2026-12-31&limit=1"));
    assertAnswer("Events", api.get("/orders/" + id + "/events"));
    assertAnswer("Parked", api.get("/operations/parked"));
    assertAnswer("Redriven", api.post("/operations/parked/redrive?all=true&dry-run=true", ""));
    assertAnswer("Redriven", api.post("/operations/parked/redrive?all=true", ""));
    assertAnswer("Problem", api.get("/orders/unknown"));
    assertAnswer("Problem", api.post("/orders", "{}"));
    assertAnswer("Problem", api.get("/customers/x/orders?limit=0"));
  }

  /** The parameters that the document names are those that the functions accept. */
  @Test
  void parameterThatIsNotDocumentedIsABadRequest() {
    for (ApiDocument.Operation operation : DOCUMENT.operations()) {
      if (operation.method().equals("HEAD")) {
        continue; // answers without a body
      }
      StringBuilder path =
          new StringBuilder(operation.path().replace("{id}", "x") + "?undocumented=");
      operation.queryParameters().forEach(name -> path.append('&').append(name).append("=x"));

      Response answer = api.send(operation.method(), path.toString(), Api.key(), new byte[0]);

      Problems.assertParameter(answer, "undocumented");
      assertThat(answer.json().getJsonArray("errors")).as("%s", operation).hasSize(1);
    }
  }

  @Test
  void headIsAnsweredAsGetWithoutABody() {
    String id = api.place("head");
    CLOUD.awaitViews();
    for (ApiDocument.Operation operation : DOCUMENT.operations()) {
      if (operation.method().equals("HEAD")) {
        String path = operation.path().replace("{id}", id);
        Response get = api.get(path);
        Response head = Api.send(api.request(path).method("HEAD", BodyPublishers.noBody()));

        assertThat(head.status()).as(path).isEqualTo(get.status());
        assertThat(head.text()).as(path).isEmpty();
        for (String header : List.of("Content-Type", "ETag")) {
          assertThat(head.header(header)).as(path).isEqualTo(get.header(header));
        }
      }
    }
  }

  private static void assertAnswer(String schema, Response answer) {
    Schemas.assertValid(DOCUMENT.schema(schema), answer);
  }
}
