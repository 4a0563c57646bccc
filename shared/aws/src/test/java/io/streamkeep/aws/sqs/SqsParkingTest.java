package io.streamkeep.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** SQS responds to a batch with a success even if it refused some of its messages. */
final class SqsParkingTest {

  private static final List<ParkedPosition> MANY =
      IntStream.range(0, 25)
          .mapToObj(
              i -> new ParkedPosition("order", new StreamId("order", "" + i), 1, Metadata.NONE))
          .toList();

  private final List<SendMessageBatchRequest> sent = new ArrayList<>();
  private final FakeClock clock = new FakeClock(Instant.EPOCH);

  /** Bodies of the messages that the queue refuses, once for each occurrence. */
  private final List<String> refusals = new ArrayList<>();

  private boolean sendersFault;

  private final SqsParking parking = new SqsParking(new Queue(), "queue", clock);

  private final class Queue implements SqsClient {

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      sent.add(request);
      return SendMessageBatchResponse.builder()
          .failed(
              request.entries().stream()
                  .filter(entry -> refusals.remove(entry.messageBody()))
                  .map(
                      entry ->
                          BatchResultErrorEntry.builder()
                              .id(entry.id())
                              .code("InternalError")
                              .senderFault(sendersFault)
                              .build())
                  .toList())
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static String body(int position) {
    return ParkedPositionJson.write(MANY.get(position));
  }

  private List<String> messages() {
    return sent.stream()
        .flatMap(batch -> batch.entries().stream())
        .map(SendMessageBatchRequestEntry::messageBody)
        .toList();
  }

  @Test
  void positionsAreSentTenAtATime() {
    parking.parkAll(MANY);

    assertThat(sent).extracting(batch -> batch.entries().size()).containsExactly(10, 10, 5);
    assertThat(messages())
        .containsExactlyElementsOf(MANY.stream().map(ParkedPositionJson::write).toList());
    assertThat(clock.sleeps()).isEmpty();
  }

  /** The queue throttles or fails for some messages; the SDK retries whole requests only. */
  @Test
  void onlyRefusedMessagesAreSentAgain() {
    refusals.addAll(List.of(body(0), body(12), body(14), body(14)));

    parking.parkAll(MANY);

    assertThat(sent)
        .extracting(batch -> batch.entries().size())
        .containsExactly(10, 1, 10, 2, 1, 5);
    assertThat(messages()).hasSize(29).contains(body(24));
    assertThat(sent.get(1).entries().getFirst().messageBody()).isEqualTo(body(0));
    assertThat(clock.sleeps()).hasSize(3);
  }

  @Test
  void messageThatIsAlwaysRefusedFailsTheCall_asThrottlingDoes() {
    for (int position : new int[] {0, 12, 24}) {
      sent.clear();
      refusals.addAll(Collections.nCopies(SqsParking.MAX_ATTEMPTS, body(position)));

      assertThatThrownBy(() -> parking.parkAll(MANY)).isInstanceOf(ThrottledException.class);

      assertThat(refusals).isEmpty();
    }
  }

  @Test
  void invalidMessageIsNotRetried() {
    sendersFault = true;
    refusals.add(body(3));

    assertThatThrownBy(() -> parking.parkAll(MANY)).isInstanceOf(IllegalStateException.class);

    assertThat(sent).hasSize(1);
  }
}
