package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A separate stack whose function fails on every batch. */
final class BisectProbe {

  private static final String STACK = "bisect";
  private static final int RECORDS = 4;

  private BisectProbe() {}

  /** With bisecting, each record is discarded alone; without, the batch is discarded as a whole. */
  static void assertNotBisected(LocalStackBackend backend) {
    backend.localStack().deployProbe(STACK);
    backend.dynamoDb().batchWriteItem(b -> b.requestItems(Map.of(STACK, records())));
    JsonObject mapping =
        backend
            .localStack()
            .aws("lambda list-event-source-mappings --function-name " + STACK)
            .asJsonObject()
            .getJsonArray("EventSourceMappings")
            .getJsonObject(0);
    backend
        .localStack()
        .aws("lambda update-event-source-mapping --enabled --uuid " + mapping.getString("UUID"));

    List<String> discarded = new ArrayList<>();
    String queue = backend.sqs().getQueueUrl(q -> q.queueName(STACK)).queueUrl();
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              backend
                  .sqs()
                  .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                  .messages()
                  .forEach(message -> discarded.add(message.body()));
              return !discarded.isEmpty();
            });
    assertThat(discarded).singleElement().asString().containsPattern("\"batchSize\": ?" + RECORDS);
  }

  private static List<WriteRequest> records() {
    return IntStream.range(0, RECORDS)
        .mapToObj(
            i ->
                WriteRequest.builder()
                    .putRequest(p -> p.item(Map.of("id", fromS("record-" + i))))
                    .build())
        .toList();
  }
}
