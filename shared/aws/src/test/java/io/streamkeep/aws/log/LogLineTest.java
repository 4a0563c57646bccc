package io.streamkeep.aws.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

final class LogLineTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
  private static final Metadata METADATA =
      new Metadata(
          new Actor("arn:aws:iam::111122223333:user/anna"),
          new CorrelationId("why"),
          new CausationId("r-0"),
          new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1"),
          new TenantId("shop-7"));
  private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

  private final LogLine line =
      LogLine.start(TestContext.of("fn", "r-1"), LogEvent.REQUEST, InstantSource.fixed(NOW));

  @AfterEach
  void clear() {
    System.clearProperty(TRACE_HEADER);
  }

  private JsonObject json() {
    return line.json(NOW, Duration.ofNanos(12_900_000));
  }

  @Test
  void lineHasTimeEventFunctionAndFields() {
    line.name("route", "/orders/{id}").stream(new StreamId("order", "1")).number("commit", 3);

    JsonObject json = json();
    assertThat(json)
        .isEqualTo(
            Json.read(
                """
                {"timestamp":"2026-03-01T10:15:30.123Z","level":"INFO","message":"Request",
                 "function":"fn","requestId":"r-1","route":"/orders/{id}","stream":"order#1",
                 "commit":3,"durationMs":12}
                """));
    assertThat(json.toString()).doesNotContain("\n");
  }

  @Test
  void timestampIsTheClocks() {
    assertThat(line.json().getString("timestamp")).isEqualTo("2026-03-01T10:15:30.123Z");
  }

  @Test
  void metadataIsLoggedWithoutTheActor() {
    line.metadata(METADATA);

    JsonObject json = json();
    assertThat(json)
        .containsAllEntriesOf(
            Json.read(
                """
                {"correlationId":"why","causationId":"r-0","tenantId":"shop-7",
                 "w3cTraceId":"0af7651916cd43dd8448eb211c80319c"}
                """));
    assertThat(json.toString()).doesNotContain("anna", "rojo");
  }

  @Test
  void unknownMetadataIsOmitted() {
    assertThat(line.metadata(Metadata.NONE).json(NOW, Duration.ZERO))
        .isEqualTo(
            LogLine.start(TestContext.of("fn", "r-1"), LogEvent.REQUEST, InstantSource.fixed(NOW))
                .json(NOW, Duration.ZERO));
  }

  @Test
  void metadataOfABatchIsLoggedAsDistinctLists() {
    line.metadata(
        List.of(
            METADATA,
            Metadata.NONE,
            METADATA,
            new Metadata(null, new CorrelationId("what"), null, null, null)));

    JsonObject json = json();
    assertThat(json)
        .containsAllEntriesOf(
            Json.read(
                """
                {"correlationIds":["why","what"],"causationIds":["r-0"],"tenantIds":["shop-7"],
                 "w3cTraceIds":["0af7651916cd43dd8448eb211c80319c"]}
                """));
    assertThat(json.toString()).doesNotContain("anna", "rojo");
  }

  @Test
  void traceIsTheRootOfTheInvocationsTrace() {
    String root = "1-5759e988-bd862e3fe1be46a994272793";
    System.setProperty(TRACE_HEADER, "Root=" + root + ";Parent=557abcec3ee5a047;Sampled=1");

    assertThat(json().getString("traceId")).isEqualTo(root);
  }

  /** A client can send its own trace header. */
  @Test
  void invalidTraceIsOmitted() {
    System.setProperty(TRACE_HEADER, "Root=1-anna@example.com;Sampled=1");

    assertThat(json()).doesNotContainKey("traceId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/customers/14479/orders", "anna@example.com", "a b", "a=b", ""})
  void textThatIsNotANameIsOmitted(String text) {
    assertThat(line.name("route", text).json(NOW, Duration.ZERO)).doesNotContainKey("route");
  }

  @Test
  void countersAreInTheEmbeddedMetricFormat() {
    line.count(Metric.CONFLICTS, 1).count(Metric.CONFLICTS, 1).count(Metric.PARKED, 0);

    JsonObject json = json();
    assertThat(json)
        .containsAllEntriesOf(
            Json.read(
                """
                {"Conflicts":2,"FunctionName":"fn",
                 "_aws":{"Timestamp":1772360130123,"CloudWatchMetrics":[
                   {"Namespace":"Streamkeep","Dimensions":[["FunctionName"]],
                    "Metrics":[{"Name":"Conflicts","Unit":"Count"}]}]}}
                """));
    assertThat(json).doesNotContainKey("Parked");
  }

  @Test
  void lineWithoutCountersIsNoMetric() {
    assertThat(json()).doesNotContainKeys("_aws", "FunctionName");
  }

  @Test
  void failureHasTypesAndFramesWithoutMessages() {
    line.failure(
        new IllegalStateException("payload", new JsonException("payload", new Error("payload"))));

    JsonObject json = json();
    assertThat(json.getString("level")).isEqualTo("ERROR");
    assertThat(json.getJsonArray("failure"))
        .extracting(one -> one.asJsonObject().getString("type"))
        .containsExactly(
            "java.lang.IllegalStateException", "jakarta.json.JsonException", "java.lang.Error");
    assertThat(json.getJsonArray("failure").getJsonObject(0).getJsonArray("frames").getString(0))
        .startsWith("io.streamkeep.aws.log.LogLineTest.failureHasTypes")
        .contains("(LogLineTest.java:");
    assertThat(json.toString()).doesNotContain("payload");
  }

  @Test
  void causeOmitsFramesOfTheEnclosingException() {
    line.failure(new IllegalStateException(new IllegalArgumentException()));

    JsonArray failure = json().getJsonArray("failure");
    assertThat(failure.getJsonObject(0).getJsonArray("frames")).hasSizeGreaterThan(10);
    assertThat(failure.getJsonObject(1).getJsonArray("frames")).isEmpty();
  }

  @Test
  void unreadableExceptionKeepsItsMessage() {
    line.failure(new UnreadableException("A commit without time"));

    assertThat(json().getJsonArray("failure").getJsonObject(0).getString("detail"))
        .isEqualTo("A commit without time");
  }

  @Test
  void awsErrorHasCodeAndRequestId() {
    line.failure(
        DynamoDbException.builder()
            .message("payload")
            .statusCode(400)
            .requestId("aws-1")
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ValidationException")
                    .errorMessage("payload")
                    .build())
            .build());

    JsonObject json = json();
    assertThat(json.getJsonArray("failure").getJsonObject(0))
        .containsAllEntriesOf(
            Json.read(
                """
                {"awsStatus":400,"awsErrorCode":"ValidationException","awsRequestId":"aws-1"}
                """));
    assertThat(json.toString()).doesNotContain("payload");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ConditionalCheckFailed",
        "ItemCollectionSizeLimitExceeded",
        "TransactionConflict",
        "ProvisionedThroughputExceeded",
        "ThrottlingError",
        "ValidationError"
      })
  void cancelledTransactionHasTheCodesOfItsReasons(String code) {
    CancellationReason none = CancellationReason.builder().code("None").build();
    CancellationReason reason =
        CancellationReason.builder()
            .code(code)
            .message("payload")
            .item(Map.of("stream", AttributeValue.fromS("payload")))
            .build();
    line.failure(
        TransactionCanceledException.builder()
            .message("payload")
            .statusCode(400)
            .cancellationReasons(none, reason)
            .build());

    JsonObject json = json();
    assertThat(json.getJsonArray("failure").getJsonObject(0).getJsonArray("awsCancellations"))
        .isEqualTo(Json.array().add("None").add(code).build());
    assertThat(json.toString()).doesNotContain("payload");
  }

  @Test
  void longChainOfCausesIsCut() {
    Exception cause = new Exception();
    for (int i = 0; i < 100; i++) {
      cause = new Exception(cause);
    }
    line.failure(cause);

    assertThat(json().getJsonArray("failure")).hasSize(10);
  }
}
