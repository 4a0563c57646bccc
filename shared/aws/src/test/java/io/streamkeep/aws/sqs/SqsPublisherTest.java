package io.streamkeep.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Which errors of SQS concern one event only. */
final class SqsPublisherTest {

  private final List<String> sent = new ArrayList<>();
  private @Nullable RuntimeException error;
  private final SqsPublisher publisher =
      new SqsPublisher(new Queue(), "queue", Set.of("order.placed"));

  private final class Queue implements SqsClient {

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      if (error != null) {
        throw error;
      }
      sent.add(request.messageDeduplicationId());
      return SendMessageResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static RuntimeException answered(String code) {
    return SqsException.builder()
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  private void publish(String... types) {
    List<RecordedEvent> events = new ArrayList<>();
    for (String type : types) {
      events.add(new RecordedEvent(type, 1, "{}"));
    }
    publisher.publish(
        new Commit(
            new StreamId("order", "1"),
            3,
            5,
            events,
            Instant.EPOCH,
            new CommandId("c"),
            new Fingerprint("f"),
            Metadata.NONE));
  }

  @Test
  void eventsOfTheGivenTypesAreSentInOrder() {
    publish("order.placed", "order.noted", "order.placed");

    assertThat(sent).containsExactly("order#1/3/1", "order#1/3/3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"InvalidMessageContents", "InvalidParameterValue"})
  void refusalOfAMessageConcernsItsCommit(String code) {
    error = answered(code);

    assertThatThrownBy(() -> publish("order.placed"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(code);
  }

  /** The same for every event: delivery has to wait until it is mended. */
  @ParameterizedTest
  @ValueSource(strings = {"AccessDenied", "AWS.SimpleQueueService.NonExistentQueue", "KmsDisabled"})
  void errorOfTheQueueConcernsAllEvents(String code) {
    error = answered(code);

    assertThatThrownBy(() -> publish("order.placed")).isSameAs(error);
  }

  /** The SDK throws it so when it could not read the answer of SQS. */
  @Test
  void errorWithoutDetailsConcernsAllEvents() {
    error = SqsException.builder().statusCode(502).build();

    assertThatThrownBy(() -> publish("order.placed")).isSameAs(error);
  }
}
