package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** A table's stream reaches its function as Lambda's mapping brings it. */
class StreamMappingTest {
  private static final String PARTIAL = "FunctionResponseTypes: [ReportBatchItemFailures]";
  private static final String BISECT = "BisectBatchOnFunctionError: true";

  private Probes probes;
  private final HeldStream held = new HeldStream();
  private @Nullable LocalCloud cloud;

  @BeforeEach
  void folder(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
  }

  @AfterEach
  void stop() {
    cloud().close();
  }

  private LocalCloud cloud() {
    return Objects.requireNonNull(cloud);
  }

  /** Puts items and then lets the mapping, of these properties, have them in one go. */
  private void deliver(int items, String... properties) throws Exception {
    String mapping =
        """
        Events:
          Changes:
            Type: DynamoDB
            Properties:
              Stream: !GetAtt Table.StreamArn
              StartingPosition: TRIM_HORIZON
              DestinationConfig: {OnFailure: {Destination: !GetAtt Lost.Arn}}
        """
            + String.join("\n", properties).indent(6);
    cloud =
        LocalCloud.of(
                probes.template(
                    Probes.table(), Probes.queue("Lost"), probes.function("Fn", mapping)))
            .faults(held)
            .start();
    IntStream.range(0, items).forEach(i -> put("item" + i));
    if (items > 0) {
      held.release(items);
    }
  }

  private void put(String id) {
    cloud()
        .dynamoDb()
        .putItem(
            p ->
                p.tableName(cloud().tableName("Table"))
                    .item(
                        Map.of(
                            "id", AttributeValue.fromS(id),
                            "number", AttributeValue.fromN("1.5"),
                            "list", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))))));
  }

  /** The ids in each event that the function got. */
  private List<List<String>> batches() {
    return probes.events("Fn").stream().map(StreamMappingTest::ids).toList();
  }

  private void awaitBatches(List<List<String>> expected) {
    await().untilAsserted(() -> assertThat(batches()).isEqualTo(expected));
    // nothing follows
    await().during(Duration.ofMillis(300)).until(() -> batches().size() == expected.size());
  }

  private static List<String> ids(String event) {
    return parse(event).getJsonArray("Records").stream()
        .map(
            record ->
                record
                    .asJsonObject()
                    .getJsonObject("dynamodb")
                    .getJsonObject("Keys")
                    .getJsonObject("id")
                    .getString("S"))
        .toList();
  }

  private static JsonObject parse(String json) {
    return Json.createReader(new StringReader(json)).readObject();
  }

  private static String failed(int number) {
    return "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"%021d\"}]}".formatted(number);
  }

  private JsonObject lost() {
    List<Message> messages =
        await()
            .until(
                () ->
                    cloud()
                        .sqs()
                        .receiveMessage(r -> r.queueUrl(cloud().queueUrl("Lost")))
                        .messages(),
                found -> !found.isEmpty());
    return parse(messages.getFirst().body());
  }

  @Test
  void recordsHaveLambdasShape() throws Exception {
    deliver(1);
    await().until(() -> !probes.events("Fn").isEmpty());
    String json = probes.events("Fn").getFirst();
    DynamodbEvent event =
        LambdaEventSerializers.serializerFor(
                DynamodbEvent.class, StreamMappingTest.class.getClassLoader())
            .fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    DynamodbEvent.DynamodbStreamRecord record = event.getRecords().getFirst();
    assertThat(record.getEventName()).isEqualTo("INSERT");
    assertThat(record.getEventSource()).isEqualTo("aws:dynamodb");
    assertThat(record.getEventVersion()).isEqualTo("1.1");
    assertThat(record.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(record.getEventSourceARN())
        .startsWith("arn:aws:dynamodb:us-east-1:000000000000:table/streamkeep-Table/stream/");
    assertThat(record.getDynamodb().getKeys()).containsOnlyKeys("id");
    assertThat(record.getDynamodb().getNewImage().toString())
        .contains("{S: item0,}", "{N: 1.5,}", "{L: [{BOOL: true}],}");
    assertThat(record.getDynamodb().getStreamViewType()).isEqualTo("NEW_IMAGE");
    assertThat(record.getDynamodb().getApproximateCreationDateTime()).isInThePast();
    assertThat(record.getDynamodb().getSequenceNumber()).isNotBlank();
    assertThat(record.getDynamodb().getSizeBytes()).isPositive();
  }

  @Test
  void batchesAreCutToSizeAndComeInOrder() throws Exception {
    deliver(5, "BatchSize: 2");
    awaitBatches(List.of(List.of("item0", "item1"), List.of("item2", "item3"), List.of("item4")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reply ",
        "reply null",
        "reply {}",
        "reply {\"batchItemFailures\":null}",
        "reply {\"batchItemFailures\":[]}"
      })
  void noFailuresIsSuccess(String answer) throws Exception {
    probes.steps(probesReady(), answer);
    deliver(2, PARTIAL);
    awaitBatches(List.of(List.of("item0", "item1")));
  }

  /** The function's folder is made with its template; steps go there before events do. */
  private String probesReady() throws Exception {
    probes.function("Fn");
    return "Fn";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "reply {\"batchItemFailures\":[{\"item\":\"1\"}]}",
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"77\"}]}",
        "reply {\"batchItemFailures\":{}}",
        "throw any",
        "exit"
      })
  void whatMakesNoSenseFailsTheWholeBatch(String answer) throws Exception {
    probes.steps(probesReady(), answer);
    deliver(2, PARTIAL);
    awaitBatches(List.of(List.of("item0", "item1"), List.of("item0", "item1")));
  }

  @Test
  void goesOnFromTheLowestFailedRecord() throws Exception {
    probes.steps(
        probesReady(),
        """
        reply {"batchItemFailures":[{"itemIdentifier":"000000000000000000004"},\
        {"itemIdentifier":"000000000000000000002"}]}""",
        failed(2),
        "reply {}");
    deliver(4, PARTIAL, BISECT);
    List<String> rest = List.of("item1", "item2", "item3");
    awaitBatches(List.of(List.of("item0", "item1", "item2", "item3"), rest, rest));
  }

  @Test
  void anAnswerIsNotReadUnlessAskedFor() throws Exception {
    probes.steps(probesReady(), failed(1));
    deliver(2);
    awaitBatches(List.of(List.of("item0", "item1")));
  }

  @Test
  void bisectsWhatFailsAndGivesUpOnlyThat() throws Exception {
    probes.steps(probesReady(), "throw 0-3", "throw 0-1", "reply ", "throw 1", "throw 1 again");
    deliver(4, BISECT, "MaximumRetryAttempts: 1");
    awaitBatches(
        List.of(
            List.of("item0", "item1", "item2", "item3"),
            List.of("item0", "item1"),
            List.of("item0"),
            List.of("item1"),
            List.of("item1"),
            List.of("item2", "item3")));
    assertThat(lost().getJsonObject("DDBStreamBatchInfo").getInt("batchSize")).isEqualTo(1);
  }

  @Test
  void saysWhatWasGivenUp() throws Exception {
    probes.steps(probesReady(), "throw 1", "throw 2", "throw 3");
    deliver(2, "MaximumRetryAttempts: 2");
    JsonObject message = lost();
    JsonObject request = message.getJsonObject("requestContext");
    assertThat(request.getString("condition")).isEqualTo("RetryAttemptsExhausted");
    assertThat(request.getInt("approximateInvokeCount")).isEqualTo(3);
    assertThat(request.getString("functionArn"))
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:streamkeep-Fn");
    JsonObject response = message.getJsonObject("responseContext");
    assertThat(response.getInt("statusCode")).isEqualTo(200);
    assertThat(response.getString("functionError")).isEqualTo("Unhandled");
    assertThat(message.getString("version")).isEqualTo("1.0");
    JsonObject batch = message.getJsonObject("DDBStreamBatchInfo");
    assertThat(batch.getString("shardId")).startsWith("shardId-");
    assertThat(batch.getString("startSequenceNumber")).isEqualTo("%021d".formatted(1));
    assertThat(batch.getString("endSequenceNumber")).isEqualTo("%021d".formatted(2));
    assertThat(batch.getInt("batchSize")).isEqualTo(2);
    assertThat(batch.keySet())
        .contains("approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord", "streamArn");
    List<String> both = List.of("item0", "item1");
    awaitBatches(List.of(both, both, both));
  }

  @Test
  void givesUpWhatIsTooOld() throws Exception {
    probes.steps(probesReady(), "throw 1", "throw 2", "throw 3", "throw 4", "throw 5", "throw 6");
    deliver(1, "MaximumRecordAgeInSeconds: 1");
    assertThat(lost().getJsonObject("requestContext").getString("condition"))
        .isEqualTo("RecordAgeExceeded");
  }

  @Test
  void parentsComeBeforeTheirChildren() throws Exception {
    held.pass();
    // long enough for the children to be found, and read if nothing held them back
    probes.steps(probesReady(), "sleep 2000");
    deliver(0, "BatchSize: 1");
    put("item0");
    put("item1");
    held.rollShards(cloud());
    put("item2");
    held.rollShards(cloud());
    put("item3");
    awaitBatches(List.of(List.of("item0"), List.of("item1"), List.of("item2"), List.of("item3")));
  }
}
