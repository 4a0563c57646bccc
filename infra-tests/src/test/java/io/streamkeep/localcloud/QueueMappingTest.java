package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.streamkeep.localcloud.faults.FaultSchedule;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A mapping delivers a queue to its function as Lambda does. */
@Tag("slow")
class QueueMappingTest {
  private static final String MAPPING =
      """
      Events:
        Messages:
          Type: SQS
          Properties:
            Queue: !GetAtt Work.Arn
            FunctionResponseTypes: [ReportBatchItemFailures]
      """;

  private Probes probes;
  private LocalCloud cloud;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
    cloud =
        LocalCloud.of(
                probes.template(
                    Probes.queue(
                        "Work",
                        "VisibilityTimeout: 1",
                        "RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount:"
                            + " 2}"),
                    Probes.queue("Dead", "MessageRetentionPeriod: 1209600"),
                    probes.function("Fn", MAPPING)))
            .start();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private SQSEvent event(int place) {
    await().until(() -> probes.events("Fn").size() > place);
    String json = probes.events("Fn").get(place);
    return LambdaEventSerializers.serializerFor(
            SQSEvent.class, QueueMappingTest.class.getClassLoader())
        .fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private void send(String... bodies) {
    cloud
        .sqs()
        .sendMessageBatch(
            s ->
                s.queueUrl(cloud.queueUrl("Work"))
                    .entries(
                        List.of(bodies).stream()
                            .map(
                                body ->
                                    SendMessageBatchRequestEntry.builder()
                                        .id(body)
                                        .messageBody(body)
                                        .build())
                            .toList()));
  }

  private int left(String queue, QueueAttributeName kind) {
    return Integer.parseInt(
        cloud
            .sqs()
            .getQueueAttributes(q -> q.queueUrl(cloud.queueUrl(queue)).attributeNames(kind))
            .attributes()
            .getOrDefault(kind, ""));
  }

  private int left(String queue) {
    return left(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
        + left(queue, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  @Test
  void messagesHaveLambdasShape() {
    cloud
        .sqs()
        .sendMessage(
            s ->
                s.queueUrl(cloud.queueUrl("Work"))
                    .messageBody("hello")
                    .messageAttributes(
                        Map.of(
                            "text",
                            MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("ü")
                                .build(),
                            "bytes",
                            MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromUtf8String("b"))
                                .build())));
    SQSEvent.SQSMessage message = event(0).getRecords().getFirst();
    assertThat(message.getBody()).isEqualTo("hello");
    assertThat(message.getMd5OfBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(message.getMessageId()).isNotBlank();
    assertThat(message.getReceiptHandle()).isNotBlank();
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn())
        .isEqualTo("arn:aws:sqs:us-east-1:000000000000:streamkeep-Work");
    assertThat(message.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(message.getAttributes())
        .containsEntry("ApproximateReceiveCount", "1")
        .containsKeys("SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp");
    assertThat(message.getMessageAttributes()).containsOnlyKeys("text", "bytes");
    await().until(() -> left("Work") == 0);
  }

  @Test
  void failedBatchIsRedelivered() {
    probes.steps("Fn", "throw first");
    send("one", "two");
    await()
        .until(
            () ->
                probes.events("Fn").stream()
                    .anyMatch(event -> event.contains("\"ApproximateReceiveCount\":\"2\"")));
    await().until(() -> left("Work") == 0);
    assertThat(left("Dead")).isZero();
  }

  @Test
  void messageReachesDeadLetterQueue_whenItFailsEachTime() {
    probes.steps("Fn", "throw 1", "throw 2", "throw 3");
    send("poison");
    await().atMost(Duration.ofSeconds(20)).until(() -> left("Dead") == 1);
    assertThat(left("Work")).isZero();
    List<Message> dead =
        cloud.sqs().receiveMessage(r -> r.queueUrl(cloud.queueUrl("Dead"))).messages();
    assertThat(dead).extracting(Message::body).containsExactly("poison");
    assertThat(probes.events("Fn")).hasSize(2);
  }

  @Test
  void onlyReportedMessagesStayInTheQueue() throws Exception {
    // the first delivery fails, so that the message's id is known before the second
    probes.steps("Fn", "throw first");
    send("named");
    String id =
        Json.createReader(new StringReader(awaitEvent(0)))
            .readObject()
            .getJsonArray("Records")
            .getJsonObject(0)
            .getString("messageId");
    probes.steps("Fn", "reply {\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}".formatted(id));
    awaitEvent(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> left("Dead") == 1);
  }

  /** Neither a throttled invocation nor a failed poll is an attempt: receive counts stay. */
  @Test
  void messageWaits_whilePollsFailAndTheFunctionIsThrottled() {
    cloud.faults(FaultSchedule.parse("throttle@ReceiveMessage=1:max=4,throttle-invoke@Fn=1:max=2"));
    send("one");
    assertThat(awaitEvent(0)).contains("\"ApproximateReceiveCount\":\"1\"");
    await().until(() -> left("Work") == 0);
  }

  @Test
  void messageIsReceivedAgain_whenItCannotBeDeleted() {
    cloud.faults(FaultSchedule.parse("unavailable@Work@DeleteMessageBatch=1:max=1"));
    send("one");
    assertThat(awaitEvent(1)).contains("\"ApproximateReceiveCount\":\"2\"");
    await().until(() -> left("Work") == 0);
  }

  private String awaitEvent(int place) {
    await().until(() -> probes.events("Fn").size() > place);
    return probes.events("Fn").get(place);
  }
}
