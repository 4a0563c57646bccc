package io.streamkeep.aws.sqs;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.aws.wiring.Environment;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Parking;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Parks on an SQS queue, from which the redelivery function takes it. */
public final class SqsParking implements Parking {

  private static final int MAX_AT_ONCE = 10;

  private final SqsClient client;
  private final String queueUrl;

  public SqsParking(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  /** Setting: {@code REDELIVERY_QUEUE} (URL). */
  public static SqsParking fromSettings(SqsClient client) {
    return new SqsParking(client, Environment.required("REDELIVERY_QUEUE"));
  }

  @Override
  public void park(ParkedPosition pointer) {
    client.sendMessage(
        send -> send.queueUrl(queueUrl).messageBody(ParkedPositionJson.write(pointer)));
  }

  /** All of them; throws {@link IllegalStateException} if the queue did not take each. */
  public void park(List<ParkedPosition> pointers) {
    for (int from = 0; from < pointers.size(); from += MAX_AT_ONCE) {
      List<ParkedPosition> some =
          pointers.subList(from, Math.min(from + MAX_AT_ONCE, pointers.size()));
      List<SendMessageBatchRequestEntry> entries =
          IntStream.range(0, some.size()).mapToObj(i -> entry(i, some.get(i))).toList();
      boolean refused =
          client.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries)).hasFailed();
      if (refused) {
        throw new IllegalStateException("The queue did not take all pointers");
      }
    }
  }

  private static SendMessageBatchRequestEntry entry(int id, ParkedPosition pointer) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(id))
        .messageBody(ParkedPositionJson.write(pointer))
        .build();
  }
}
