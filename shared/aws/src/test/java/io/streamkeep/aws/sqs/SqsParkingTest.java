package io.streamkeep.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.util.ArrayList;
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

  /** A queue that refuses one message, by its index among all that are sent. */
  private SqsParking refusing(int index) {
    return new SqsParking(new Queue(index), "queue");
  }

  private final class Queue implements SqsClient {

    private final int refused;

    private Queue(int refused) {
      this.refused = refused;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      int before = messages().size();
      sent.add(request);
      SendMessageBatchResponse.Builder response = SendMessageBatchResponse.builder();
      if (refused >= before && refused < messages().size()) {
        String id = request.entries().get(refused - before).id();
        response.failed(BatchResultErrorEntry.builder().id(id).code("InternalError").build());
      }
      return response.build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private List<String> messages() {
    return sent.stream()
        .flatMap(batch -> batch.entries().stream())
        .map(SendMessageBatchRequestEntry::messageBody)
        .toList();
  }

  @Test
  void positionsAreSentTenAtATime() {
    refusing(-1).parkAll(MANY);

    assertThat(sent).extracting(batch -> batch.entries().size()).containsExactly(10, 10, 5);
    assertThat(messages())
        .containsExactlyElementsOf(MANY.stream().map(ParkedPositionJson::write).toList());
  }

  @Test
  void refusedMessageFailsTheWholeCall() {
    for (int index : new int[] {0, 12, 24}) {
      sent.clear();
      assertThatThrownBy(() -> refusing(index).parkAll(MANY))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
