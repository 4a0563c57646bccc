package io.streamkeep.functions.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.Problem.InputError;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.http.Routes;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.function.ApiRequest;
import io.streamkeep.testkit.function.FakeContext;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands from request to response, on a store in memory. */
final class CommandEndpointTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final String PLACE = "POST /orders";
  private static final String CONFIRM = "POST /orders/{id}/confirmation";
  private static final String ORDER =
      """
      {"customer": "c-1", "currency": "GBP",
       "lines": [{"sku": "s-1", "description": "Cup", "quantity": 2, "unitPrice": 150}]}\
      """;

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final Routes routes =
      CommandEndpoint.routes(
          Registry.aggregates(),
          new OptimisticCommandExecutor(events, clock, clock, Duration.ofSeconds(5), 1 << 20),
          clock);
  private final LogLine line = FakeContext.line(LogEvent.REQUEST, clock);

  private HttpResponse handle(ApiRequest request) {
    return routes.handle(request.at(NOW), line);
  }

  private Problem problem(ApiRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> handle(request)).problem();
  }

  private static ApiRequest place(String key) {
    return ApiRequest.of(PLACE).header("Idempotency-Key", key).body(ORDER);
  }

  private static ApiRequest confirm(String id, String key) {
    return ApiRequest.of(CONFIRM).id(id).header("Idempotency-Key", key);
  }

  /** Places an order and returns its id. */
  private String placed() {
    return Json.read(handle(place("place")).body()).getString("id");
  }

  private List<String> eventTypes(String id) {
    return events.load(new StreamId("order", id)).commits().stream()
        .flatMap(commit -> commit.events().stream())
        .map(RecordedEvent::type)
        .toList();
  }

  @Test
  void createAnswersWithTheNewAggregate() {
    HttpResponse response = handle(place("key-1"));

    JsonObject order = Json.read(response.body());
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers())
        .containsEntry("ETag", "\"1\"")
        .containsEntry("Location", "/dev/orders/" + order.getString("id"));
    assertThat(order.getString("customer")).isEqualTo("c-1");
    assertThat(eventTypes(order.getString("id"))).containsExactly("order.placed");
    assertThat(line.json().getString("stream")).isEqualTo("order#" + order.getString("id"));
  }

  @Test
  void commandAnswersWithTheChangedAggregate() {
    String id = placed();

    HttpResponse response = handle(confirm(id, "confirm"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("ETag", "\"2\"").doesNotContainKey("Location");
    assertThat(eventTypes(id)).containsExactly("order.placed", "order.confirmed");
  }

  @Test
  void idIsMatchedWithoutRegardToCase() {
    String id = placed();
    String upper = id.toUpperCase(Locale.ROOT);

    HttpResponse response = handle(confirm(upper, "confirm"));

    assertThat(Json.read(response.body()).getString("id")).isEqualTo(id);
    assertThat(eventTypes(id)).containsExactly("order.placed", "order.confirmed");
    assertThat(handle(confirm(id, "confirm"))).as("a repeat").isEqualTo(response);
  }

  @Test
  void repeatAnswersAsBeforeWithoutAnotherCommit() {
    HttpResponse first = handle(place("key-1"));
    String id = Json.read(first.body()).getString("id");
    handle(confirm(id, "confirm"));

    assertThat(handle(place("key-1"))).isEqualTo(first);
    assertThat(eventTypes(id)).hasSize(2);
  }

  @Test
  void reusedKeyIsRefused() {
    handle(place("key-1"));

    Problem problem = problem(place("key-1").body(ORDER.replace("Cup", "Mug")));

    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.code()).isEqualTo("idempotency-key-reused");
  }

  @Test
  void keyIsRequired() {
    Problem problem = problem(ApiRequest.of(PLACE).body(ORDER));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.errors())
        .containsExactly(new InputError.Parameter("Idempotency-Key", "is required"));
  }

  @Test
  void everyErrorOfABodyIsReportedWithItsPointer() {
    String body =
        """
        {"currency": "pound", "surprise": 1,
         "lines": [{"sku": "", "description": "", "quantity": 0, "unitPrice": 1}]}\
        """;

    Problem problem = problem(place("key-1").body(body));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo("bad-input");
    assertThat(problem.errors())
        .extracting(error -> ((InputError.At) error).pointer())
        .contains("/currency", "/surprise", "/lines/0/sku", "/lines/0/quantity");
    assertThat(eventTypes(StreamId.createdBy(new CommandId("key-1"), "order").key())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{} {}", "{\"lines\": [], \"lines\": []}"})
  void bodyThatIsNotAJsonObjectIsRefused(String body) {
    assertThat(problem(place("key-1").body(body)).status()).isEqualTo(400);
  }

  @Test
  void bodyOfAnotherMediaTypeIsRefused() {
    Problem problem = problem(place("key-1").header("Content-Type", "text/plain"));

    assertThat(problem.status()).isEqualTo(415);
    assertThat(handle(place("key-2").header("Content-Type", "Application/JSON; charset=utf-8")))
        .extracting(HttpResponse::status)
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "br", "identity, gzip", "x-unknown"})
  void encodedBodyIsRefused(String encoding) {
    Problem problem = problem(place("key-1").header("Content-Encoding", encoding));

    assertThat(problem.status()).isEqualTo(415);
    assertThat(problem.code()).isEqualTo("encoded-body");
    assertThat(problem.detail()).contains("Content-Encoding");
    assertThat(eventTypes(StreamId.createdBy(new CommandId("key-1"), "order").key())).isEmpty();
  }

  @Test
  void encodingOnALineOfItsOwnIsRefusedToo() {
    assertThat(problem(place("key-1").header("Content-Encoding", "identity", "gzip")).status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "Identity", "identity, identity"})
  void bodyThatIsNotEncodedIsRead(String encoding) {
    assertThat(handle(place("key-1").header("Content-Encoding", encoding)).status()).isEqualTo(201);
  }

  @Test
  void encodingOfNoBodyDoesNotMatter() {
    String id = placed();

    assertThat(handle(confirm(id, "confirm").header("Content-Encoding", "gzip")).status())
        .isEqualTo(200);
  }

  @Test
  void bodyThatIsTooLargeIsRefused() {
    String large = ORDER + " ".repeat(RequestBody.MAX_BYTES + 1 - ORDER.length());

    assertThat(problem(place("key-1").body(large)).status()).isEqualTo(413);
    assertThat(handle(place("key-2").body(large.substring(0, RequestBody.MAX_BYTES))).status())
        .isEqualTo(201);
  }

  @Test
  void ifMatchMustHoldForTheNewestCommit() {
    String id = placed();

    Problem problem = problem(confirm(id, "confirm-1").header("If-Match", "\"7\""));

    assertThat(problem.status()).isEqualTo(412);
    assertThat(problem.detail()).contains("newest commit is 1");
    assertThat(handle(confirm(id, "confirm-2").header("If-Match", "\"1\"")).status())
        .isEqualTo(200);
  }

  @Test
  void linesOfIfMatchAreOneList() {
    String id = placed();

    assertThat(handle(confirm(id, "confirm").header("If-Match", "\"7\"", "\"1\"")).status())
        .isEqualTo(200);
    assertThat(problem(confirm(id, "again").header("If-Match", "\"7\"", "\"1\"")).status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"1\"", "*", "\"7\", \"1\""})
  void ifNoneMatchMustNotMatchTheNewestCommit(String ifNoneMatch) {
    String id = placed();

    Problem problem = problem(confirm(id, "confirm").header("If-None-Match", ifNoneMatch));

    assertThat(problem.status()).isEqualTo(412);
    assertThat(problem.code()).isEqualTo("precondition-failed");
    assertThat(problem.detail()).contains("newest commit is 1");
    assertThat(eventTypes(id)).containsExactly("order.placed");
  }

  @Test
  void commandGoesOnIfNoTagMatches() {
    String id = placed();

    assertThat(handle(confirm(id, "confirm").header("If-None-Match", "\"7\"", "W/\"8\"")).status())
        .isEqualTo(200);
    assertThat(handle(place("another").header("If-None-Match", "*")).status()).isEqualTo(201);
  }

  @Test
  void repeatIsNotHeldToIfNoneMatch() {
    HttpResponse first = handle(place("key-1").header("If-None-Match", "*"));

    assertThat(handle(place("key-1").header("If-None-Match", "*"))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"If-Match, 1", "If-None-Match, 1", "If-None-Match, W/", "If-None-Match, ''"})
  void malformedPreconditionIsABadRequest(String header, String value) {
    Problem problem = problem(confirm(placed(), "confirm").header(header, value));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.errors()).extracting("parameter").containsExactly(header);
  }

  @Test
  void rejectionIsAConflict() {
    String id = placed();

    Problem problem =
        problem(
            ApiRequest.of("POST /orders/{id}/completion")
                .id(id)
                .header("Idempotency-Key", "complete"));

    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.code()).startsWith("order-");
    assertThat(line.json().getInt("Rejected")).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "00000000-0000-8000-8000-000000000000"})
  void unknownIdIsNotFound(String id) {
    Problem problem = problem(confirm(id, "confirm"));

    assertThat(problem.status()).isEqualTo(404);
    assertThat(problem.code()).isEqualTo("order-unknown");
  }

  static List<CommandOperation<?>> operations() {
    return Registry.aggregates().stream()
        .map(AggregateModule::commands)
        .<CommandOperation<?>>flatMap(List::stream)
        .toList();
  }

  /** Without a body, every operation either needs none or reports what is missing. */
  @ParameterizedTest
  @MethodSource("operations")
  void everyRegisteredOperationIsRouted(CommandOperation<?> operation) {
    ApiRequest request =
        ApiRequest.of(operation.route()).id("unknown").header("Idempotency-Key", "key-1");

    assertThat(problem(request).status()).isIn(400, 404);
  }

  @Test
  void otherRoutesAreAnError() {
    assertThatThrownBy(() -> handle(ApiRequest.of("GET /orders")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
