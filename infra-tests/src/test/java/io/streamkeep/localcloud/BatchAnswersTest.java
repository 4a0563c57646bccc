package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The response of a function that reports failed items is read as Lambda reads it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
 *     How AWS reads it</a>
 */
@Tag("slow")
class BatchAnswersTest {
  private static final String STREAM =
      """
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            StartingPosition: TRIM_HORIZON
            FunctionResponseTypes: [ReportBatchItemFailures]
      """;
  private static final String QUEUE =
      """
      Events:
        Messages:
          Type: SQS
          Properties:
            Queue: !GetAtt Work.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]
      """;

  private static final RecordGate GATE = new RecordGate();
  private static Probes probes;
  private static LocalCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
    cloud =
        LocalCloud.of(
                probes.template(
                    Probes.table(),
                    Probes.queue("Work", "VisibilityTimeout: 600"),
                    probes.function("Stream", STREAM),
                    probes.function("Queue", QUEUE)))
            .faults(GATE)
            .start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @BeforeEach
  void clear() {
    GATE.close();
    probes.clear("Stream");
    cloud.sqs().purgeQueue(p -> p.queueUrl(cloud.queueUrl("Work")));
    probes.clear("Queue");
  }

  /** The whole batch is done. */
  static List<String> successes() {
    return List.of(
        "reply ",
        "reply null",
        "reply {}",
        "reply {\"batchItemFailures\":null}",
        "reply {\"batchItemFailures\":[]}");
  }

  /** The whole batch is retried. */
  static List<String> failures() {
    return List.of(
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "reply {\"batchItemFailures\":[{\"item\":\"1\"}]}",
        "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"77\"}]}",
        "reply {\"batchItemFailures\":{}}",
        "reply no JSON",
        "throw any",
        "exit");
  }

  private static void deliverRecords(String answer) {
    probes.steps("Stream", answer);
    for (String id : List.of("item0", "item1")) {
      cloud
          .dynamoDb()
          .putItem(
              p ->
                  p.tableName(cloud.tableName("Table"))
                      .item(
                          Map.of(
                              "id", AttributeValue.fromS(id),
                              "answer", AttributeValue.fromS(answer))));
    }
    GATE.release(2);
  }

  private static void awaitBatches(int number) {
    List<String> both = List.of("item0", "item1");
    await()
        .untilAsserted(
            () ->
                assertThat(probes.events("Stream").stream().map(StreamMappingFixture::ids).toList())
                    .isEqualTo(Stream.generate(() -> both).limit(number).toList()));
    // nothing follows
    await().during(Duration.ofMillis(300)).until(() -> probes.events("Stream").size() == number);
  }

  @ParameterizedTest
  @MethodSource("successes")
  void recordsAreDone_whenTheAnswerNamesNoFailures(String answer) {
    deliverRecords(answer);
    awaitBatches(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void recordsAreRetried_whenTheAnswerIsInvalid(String answer) {
    deliverRecords(answer);
    awaitBatches(2);
  }

  private static void deliverMessage(String answer) {
    probes.steps("Queue", answer);
    send();
  }

  private static void send() {
    cloud.sqs().sendMessage(m -> m.queueUrl(cloud.queueUrl("Work")).messageBody("one"));
  }

  private static int messages(QueueAttributeName kind) {
    return Integer.parseInt(
        cloud
            .sqs()
            .getQueueAttributes(q -> q.queueUrl(cloud.queueUrl("Work")).attributeNames(kind))
            .attributes()
            .getOrDefault(kind, ""));
  }

  private static int visible() {
    return messages(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  private static int invisible() {
    return messages(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  @ParameterizedTest
  @MethodSource("successes")
  void messageIsDeleted_whenTheAnswerNamesNoFailures(String answer) {
    deliverMessage(answer);
    await().until(() -> probes.events("Queue").size() == 1 && visible() + invisible() == 0);
  }

  /** Sends one message for each answer, so that a single wait shows that none is received again. */
  @Test
  void messagesStayInvisible_whenTheAnswersAreInvalid() {
    probes.steps("Queue", failures().toArray(String[]::new));
    for (int i = 1; i <= failures().size(); i++) {
      int messages = i;
      send();
      await().until(() -> probes.events("Queue").size() == messages);
    }
    await()
        .during(Duration.ofSeconds(1))
        .until(
            () ->
                probes.events("Queue").size() == failures().size()
                    && invisible() == failures().size());
  }
}
