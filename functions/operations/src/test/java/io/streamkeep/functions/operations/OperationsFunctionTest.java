package io.streamkeep.functions.operations;

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
import io.streamkeep.aws.sqs.DeadLetterQueue;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.testkit.function.ApiRequest;
import io.streamkeep.testkit.function.FakeContext;
import io.streamkeep.testkit.function.SampleCommits;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;

/** The operators' requests, on stores in memory. */
final class OperationsFunctionTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final String PARKED = "GET /operations/parked";
  private static final String REDRIVE = "POST /operations/parked/redrive";
  private static final List<String> SUBSCRIBERS =
      SubscriberInfo.all().stream().map(SubscriberInfo::name).toList();

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore views = new InMemoryViewStore();
  private final List<ParkedPosition> sent = new ArrayList<>();
  private final List<StreamId> comparedStreams = new ArrayList<>();
  private final List<StartMessageMoveTaskRequest> moves = new ArrayList<>();
  private boolean queueFails;
  private Runnable onSent = () -> {};
  private final Routes routes = routes();

  private final class Queue implements SqsClient {

    @Override
    public StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest request) {
      moves.add(request);
      return StartMessageMoveTaskResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private Routes routes() {
    ParkedQuery query = new ParkedQuery(views, SUBSCRIBERS);
    ParkedResource parked = new ParkedResource(query);
    Redriver redriver =
        new Redriver(
            query,
            views,
            this::send,
            new DeadLetterQueue(new Queue(), "dead", "redelivery"),
            clock);
    return OperationsFunction.routes(
        parked,
        new RedriveResource(
            parked,
            redriver,
            new OptimisticCommandExecutor(events, clock, clock, Duration.ofSeconds(5), 0)),
        new LagResource(new Lag(events, this::cursorsOf, views, clock)));
  }

  private void send(ParkedPosition position) {
    if (queueFails) {
      throw new IllegalStateException("The queue is not available");
    }
    sent.add(position);
    onSent.run();
  }

  private Map<String, Cursor> cursorsOf(StreamId stream) {
    comparedStreams.add(stream);
    Map<String, Cursor> cursors = new HashMap<>();
    for (String subscriber : SUBSCRIBERS) {
      StoredCursor cursor = views.find(subscriber, stream);
      cursors.put(subscriber, new Cursor(cursor.commit(), cursor.parked()));
    }
    return cursors;
  }

  private HttpResponse handle(ApiRequest request) {
    return routes.handle(request.at(clock.instant()), FakeContext.line(LogEvent.REQUEST, clock));
  }

  private JsonObject json(ApiRequest request) {
    HttpResponse response = handle(request);
    assertThat(response.status()).isEqualTo(200);
    return Json.read(response.body());
  }

  private Problem problem(ApiRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> handle(request)).problem();
  }

  private ParkedPosition park(String subscriber, String key) {
    ParkedPosition position =
        new ParkedPosition(subscriber, new StreamId("order", key), 1, Metadata.NONE);
    views.park(position, "java.lang.IllegalStateException", NOW);
    return position;
  }

  private static ApiRequest redrive(String key) {
    return ApiRequest.of(REDRIVE).header("Idempotency-Key", key);
  }

  @Test
  void parkedPositionIsShownWithReasonAndAttempts() {
    park("order", "o-1");

    assertThat(json(ApiRequest.of(PARKED)))
        .isEqualTo(
            Json.read(
                """
                {"parked":[{"subscriber":"order","stream":"order#o-1","commit":1,
                  "reason":"java.lang.IllegalStateException",
                  "parkedAt":"2026-03-01T10:15:30.000Z","triedAt":"2026-03-01T10:15:30.000Z","tries":1}]}
                """));
  }

  private List<String> streams(ApiRequest request) {
    return json(request)
        .getJsonArray("parked")
        .getValuesAs(
            (JsonObject parked) ->
                parked.getString("subscriber") + " " + parked.getString("stream"));
  }

  @Test
  void parkedPositionsAreFilteredBySubscriberAndStream() {
    park("order", "o-1");
    park("order", "o-2");
    park("sales", "o-1");

    assertThat(streams(ApiRequest.of(PARKED)))
        .containsExactly("order order#o-1", "order order#o-2", "sales order#o-1");
    assertThat(streams(ApiRequest.of(PARKED).query("subscriber", "sales")))
        .containsExactly("sales order#o-1");
    assertThat(streams(ApiRequest.of(PARKED).query("stream", "order#o-1")))
        .containsExactly("order order#o-1", "sales order#o-1");
  }

  @Test
  void uuidOfAStreamIsMatchedWithoutRegardToCase() {
    String id = "3728ecd8-e187-828f-83ab-b70de50f8438";
    park("order", id);
    park("order", "O-1");
    String upper = "order#" + id.toUpperCase(Locale.ROOT);

    assertThat(streams(ApiRequest.of(PARKED).query("stream", upper)))
        .containsExactly("order order#" + id);
    assertThat(json(redrive("key-1").query("stream", upper)))
        .isEqualTo(json(redrive("key-1").query("stream", "order#" + id)));
    assertThat(streams(ApiRequest.of(PARKED).query("stream", "order#o-1")))
        .as("a key that is not a UUID")
        .isEmpty();
  }

  @Test
  void parkedPositionsArePagedAcrossSubscribers() {
    park("order", "o-1");
    park("order", "o-2");
    park("sales", "o-1");

    HttpResponse first = handle(ApiRequest.of(PARKED).query("limit", "1"));
    assertThat(first.headers())
        .containsEntry(
            "Link", "</dev/operations/parked?limit=1&after=order%2Forder%23o-1>; rel=\"next\"");
    assertThat(streams(ApiRequest.of(PARKED).query("limit", "1").query("after", "order/order#o-1")))
        .containsExactly("order order#o-2");
    HttpResponse last =
        handle(ApiRequest.of(PARKED).query("limit", "1").query("after", "order/order#o-2"));
    assertThat(last.body()).contains("sales");
    assertThat(last.headers()).doesNotContainKey("Link");
  }

  @Test
  void selectionIsRedrivenOnceForAKey() {
    ParkedPosition first = park("order", "o-1");
    park("order", "o-2");
    ApiRequest request = redrive("key-1").query("stream", "order#o-1");

    JsonObject response = json(request);

    assertThat(response.getInt("redriven")).isOne();
    assertThat(json(request)).isEqualTo(response);
    assertThat(sent).containsExactly(first);
    assertThat(moves).isEmpty();
    assertThat(events.load(new StreamId("redrive", response.getString("id"))).commits())
        .flatExtracting(commit -> commit.events().stream().map(RecordedEvent::type).toList())
        .containsExactly("redrive.requested", "redrive.completed");
  }

  private int redriven(String key) {
    return json(redrive(key).query("subscriber", "order")).getInt("redriven");
  }

  /** Every redrive has a key of its own, as if several operators redrive at the same time. */
  @Test
  void positionThatWasSentIsNotSentAgain() {
    for (int i = 0; i < 10; i++) {
      park("order", "o-" + i);
    }

    assertThat(redriven("key-1")).isEqualTo(10);
    assertThat(redriven("key-2")).isZero();

    assertThat(sent).hasSize(10).doesNotHaveDuplicates();
    assertThat(json(ApiRequest.of(PARKED)).getJsonArray("parked").getValuesAs(JsonObject.class))
        .extracting(parked -> parked.getString("sentAt"))
        .containsOnly("2026-03-01T10:15:30.000Z");
  }

  @Test
  void positionIsSentAgain_afterAnAttempt() {
    park("order", "o-1");
    redriven("key-1");
    park("order", "o-1");

    assertThat(redriven("key-2")).isOne();
  }

  @Test
  void positionIsSentAgain_whenTheMarkHasExpired() {
    park("order", "o-1");
    redriven("key-1");
    clock.sleep(Duration.ofMinutes(15).toNanos());
    assertThat(redriven("key-2")).isZero();
    clock.sleep(Duration.ofMillis(1).toNanos());

    assertThat(redriven("key-3")).isOne();
  }

  /** The first execution marked its positions and failed before it sent them. */
  @Test
  void repeatOfAnInterruptedRedriveSendsItsPositions() {
    park("order", "o-1");
    queueFails = true;
    assertThatThrownBy(() -> redriven("key-1")).isInstanceOf(IllegalStateException.class);
    queueFails = false;

    assertThat(redriven("key-1")).isOne();
    assertThat(sent).hasSize(1);
  }

  @Test
  void redriveEndsBeforeTheDeadline() {
    for (int i = 0; i < 250; i++) {
      park("order", "o-" + i);
    }
    onSent = () -> clock.sleep(Duration.ofMillis(70).toNanos());

    assertThat(redriven("key-1")).isEqualTo(200);
    assertThat(redriven("key-2")).isEqualTo(50);
  }

  @Test
  void redriveOfEverythingAlsoMovesDeadMessages() {
    for (int i = 0; i < 150; i++) {
      park("order", "o-" + i);
    }
    park("sales", "o-1");

    assertThat(json(redrive("key-1").query("all", "true")).getInt("redriven")).isEqualTo(151);

    assertThat(sent).hasSize(151).doesNotHaveDuplicates();
    assertThat(moves)
        .singleElement()
        .satisfies(
            move -> {
              assertThat(move.sourceArn()).isEqualTo("dead");
              assertThat(move.destinationArn()).isEqualTo("redelivery");
            });
  }

  @Test
  void dryRunOnlyShowsTheSelection() {
    park("order", "o-1");

    JsonObject response =
        json(ApiRequest.of(REDRIVE).query("all", "true").query("dry-run", "true"));

    assertThat(response.getBoolean("dryRun")).isTrue();
    assertThat(response.getJsonArray("parked")).hasSize(1);
    assertThat(sent).isEmpty();
    assertThat(moves).isEmpty();
  }

  @Test
  void reusedKeyIsRefused() {
    handle(redrive("key-1").query("subscriber", "order"));

    assertThat(problem(redrive("key-1").query("all", "true")).code())
        .isEqualTo("idempotency-key-reused");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /operations/parked, subscriber, orders",
    "GET /operations/parked, stream, order",
    "GET /operations/parked, after, order",
    "GET /operations/parked, after, ''",
    "GET /operations/parked, after, W10",
    "GET /operations/parked, after, order/order",
    "GET /operations/parked, after, orders/order#o-1",
    "GET /operations/parked, limit, 0",
    "POST /operations/parked/redrive, all, yes",
    "POST /operations/parked/redrive, all, false"
  })
  void invalidParameterIsABadRequest(String route, String parameter, String value) {
    Problem problem =
        problem(ApiRequest.of(route).header("Idempotency-Key", "key-1").query(parameter, value));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.errors()).extracting("parameter").containsExactly(parameter);
  }

  @Test
  void pageEndOfAnotherSelectionIsABadRequest() {
    ApiRequest after = ApiRequest.of(PARKED).query("after", "order/order#o-1");

    assertThat(streams(after.query("subscriber", "order"))).isEmpty();
    assertThat(problem(after.query("subscriber", "sales")).errors())
        .extracting("parameter")
        .containsExactly("after");
    assertThat(problem(after.query("subscriber", "order").query("stream", "order#o-2")).errors())
        .extracting("parameter")
        .containsExactly("after");
  }

  /** A partition key of DynamoDB has at most 2,048 bytes. */
  @Test
  void streamLongerThanAKeyIsABadRequestAndNothingIsStored() {
    String longest = "order#" + "k".repeat(2042);

    assertThat(streams(ApiRequest.of(PARKED).query("stream", longest))).isEmpty();
    for (String tooLong : List.of(longest + "k", "order#" + "é".repeat(1022))) {
      assertThat(problem(ApiRequest.of(PARKED).query("stream", tooLong)).errors())
          .extracting("parameter")
          .containsExactly("stream");
      assertThat(problem(redrive("key-1").query("stream", tooLong)).status()).isEqualTo(400);
    }
    assertThat(events.load(StreamId.createdBy(new CommandId("key-1"), "redrive")).commits())
        .isEmpty();
  }

  /** A sort key of DynamoDB has at most 1,024 bytes. */
  @Test
  void pageEndLongerThanASortKeyIsABadRequest() {
    String longest = "order/order#" + "k".repeat(1018);

    assertThat(streams(ApiRequest.of(PARKED).query("after", longest))).isEmpty();
    assertThat(problem(ApiRequest.of(PARKED).query("after", longest + "k")).errors())
        .extracting("parameter")
        .containsExactly("after");
  }

  @ParameterizedTest
  @CsvSource({"subscriber, order", "subscriber, ''", "stream, order#o-1", "stream, ''"})
  void redriveOfEverythingExcludesASelection(String parameter, String value) {
    assertThat(problem(redrive("key-1").query("all", "true").query(parameter, value)).errors())
        .containsExactly(new InputError.Parameter("all", "excludes subscriber and stream"));
  }

  @Test
  void redriveWithoutASelectionMustBeOfEverything() {
    assertThat(problem(redrive("key-1")).errors())
        .containsExactly(
            new InputError.Parameter("all", "must be true unless subscriber or stream is given"));
  }

  @Test
  void redriveWithABodyIsABadRequestAndNothingIsSent() {
    park("order", "o-1");

    Problem problem =
        problem(redrive("key-1").query("all", "true").body("{\"subscriber\":\"sales\"}"));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.errors()).extracting("pointer").containsExactly("");
    assertThat(sent).isEmpty();
  }

  /** A misspelled dry run must not become a redrive. */
  @Test
  void misspelledParameterIsABadRequestAndNothingIsSent() {
    park("order", "o-1");

    assertThat(problem(redrive("key-1").query("all", "true").query("dryrun", "true")).errors())
        .extracting("parameter")
        .containsExactly("dryrun");
    assertThat(sent).isEmpty();
  }

  private JsonObject lag(String subscriber) {
    return json(ApiRequest.of("GET /operations/lag"))
        .getJsonArray("lag")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(each -> each.getString("subscriber").equals(subscriber))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void lagIsShownForEachSubscriber() {
    StreamId stream = new StreamId("order", "o-1");
    SampleCommits.append(events, stream, NOW, 2);
    Row row = new Row("{}", null, Set.of());
    views.put("order", stream, ViewStore.MISSING, row, 1, List.of());
    views.put("sales", stream, ViewStore.MISSING, row, 2, List.of());

    assertThat(lag("order").getJsonObject("newest").getInt("commit")).isOne();
    assertThat(lag("order").getJsonObject("newest").getString("time"))
        .isEqualTo("2026-03-01T10:15:30.000Z");
    assertThat(lag("order").getJsonObject("oldestUnapplied").getInt("commit")).isEqualTo(2);
    assertThat(lag("sales")).containsKey("newest").doesNotContainKey("oldestUnapplied");
    assertThat(lag("customer-orders")).doesNotContainKey("newest");
    assertThat(lag("order").getInt("parked")).isZero();
  }

  /** No subscriber has applied anything: lag must not depend on one that may be down. */
  @Test
  void lagIsShownAlthoughNoSubscriberRuns() {
    SampleCommits.append(events, new StreamId("order", "o-1"), NOW, 1);

    for (String subscriber : SUBSCRIBERS) {
      assertThat(lag(subscriber).getJsonObject("oldestUnapplied").getString("stream"))
          .as(subscriber)
          .isEqualTo("order#o-1");
    }
  }

  /** A subscriber has been down for an hour, during which much has happened. */
  @Test
  void oldestUnappliedCommitIsSampledFromEarlierTimes() {
    for (int minute = 60; minute >= 0; minute--) {
      StreamId stream = new StreamId("order", "o-" + minute);
      SampleCommits.append(events, stream, NOW.minus(Duration.ofMinutes(minute)), 10);
    }

    assertThat(Instant.parse(lag("order").getJsonObject("oldestUnapplied").getString("time")))
        .isEqualTo(NOW.minus(Duration.ofMinutes(60)));
  }

  @Test
  void lagReadsABoundedAmount() {
    for (int i = 0; i < 2000; i++) {
      StreamId stream = new StreamId("order", "o-" + i);
      SampleCommits.append(events, stream, NOW.minus(Duration.ofMinutes(i)), 2);
      park("order", "o-" + i);
    }

    assertThat(lag("order").getInt("parked")).isEqualTo(1000);
    assertThat(comparedStreams).hasSizeLessThanOrEqualTo(35);
  }

  @Test
  void parkedCommitCountsAsUnapplied() {
    SampleCommits.append(events, new StreamId("order", "o-1"), NOW, 1);
    park("order", "o-1");

    assertThat(lag("order").getInt("parked")).isOne();
    assertThat(lag("order").getJsonObject("oldestUnapplied").getString("stream"))
        .isEqualTo("order#o-1");
  }

  @Test
  void otherRoutesAreAnError() {
    assertThatThrownBy(() -> handle(ApiRequest.of("GET /orders")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
