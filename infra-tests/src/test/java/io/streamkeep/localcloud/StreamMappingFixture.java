package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** A table whose stream is mapped to a probe. */
abstract class StreamMappingFixture {
  static final String PARTIAL = "FunctionResponseTypes: [ReportBatchItemFailures]";

  /** Enough for the cold starts of one test on a busy machine. */
  private static final Duration COLD_STARTS = Duration.ofSeconds(30);

  static final String BISECT = "BisectBatchOnFunctionError: true";

  Probes probes;
  final RecordGate gate = new RecordGate();
  private @Nullable LocalCloud cloud;

  /** The function's time-out in seconds. */
  int timeout = 20;

  /** The number of open shards that the stream starts with. */
  int shards = 1;

  @BeforeEach
  void folder(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
  }

  @AfterEach
  void stop() {
    cloud().close();
  }

  LocalCloud cloud() {
    return Objects.requireNonNull(cloud);
  }

  /** Puts items, then delivers them all at once by a mapping with these properties. */
  void deliver(int items, String... properties) throws Exception {
    String mapping =
        """
        Events:
          Changes:
            Type: DynamoDB
            Properties:
              Stream: !GetAtt Table.StreamArn
              StartingPosition: TRIM_HORIZON
              DestinationConfig: {OnFailure: {Destination: !GetAtt Discarded.Arn}}
        """
            + String.join("\n", properties).indent(6);
    cloud =
        LocalCloud.of(
                probes.template(
                    Probes.table(),
                    Probes.queue("Discarded"),
                    probes.function("Fn", "Timeout: " + timeout, mapping)))
            .faults(gate)
            .shards(shards)
            .start();
    IntStream.range(0, items).forEach(i -> put("item" + i));
    if (items > 0) {
      gate.release(items);
    }
  }

  void put(String id) {
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
    return probes.events("Fn").stream().map(StreamMappingFixture::ids).toList();
  }

  void awaitBatches(List<List<String>> expected) {
    await().atMost(COLD_STARTS).untilAsserted(() -> assertThat(batches()).isEqualTo(expected));
    // nothing follows
    await().during(Duration.ofMillis(300)).until(() -> batches().size() == expected.size());
  }

  static List<String> ids(String event) {
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

  static String reporting(int number) {
    return "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"%021d\"}]}".formatted(number);
  }

  JsonObject discarded() {
    List<Message> messages =
        await()
            .until(
                () ->
                    cloud()
                        .sqs()
                        .receiveMessage(r -> r.queueUrl(cloud().queueUrl("Discarded")))
                        .messages(),
                found -> !found.isEmpty());
    return parse(messages.getFirst().body());
  }

  /** Creates the function's folder, so that steps can be set before the first event. */
  String preparedProbe() throws Exception {
    probes.function("Fn");
    return "Fn";
  }
}
