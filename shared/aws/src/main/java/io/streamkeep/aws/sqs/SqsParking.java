package io.streamkeep.aws.sqs;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Parking;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Parks on the SQS queue from which the redelivery function reads. */
public final class SqsParking implements Parking {

  private static final int MAX_BATCH = 10;

  private final SqsClient client;
  private final String queueUrl;

  public SqsParking(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  @Override
  public void park(ParkedPosition position) {
    client.sendMessage(
        send -> send.queueUrl(queueUrl).messageBody(ParkedPositionJson.write(position)));
  }

  /** Throws {@link IllegalStateException} if the queue refuses a message. */
  @Override
  public void parkAll(List<ParkedPosition> positions) {
    for (int from = 0; from < positions.size(); from += MAX_BATCH) {
      List<ParkedPosition> batch =
          positions.subList(from, Math.min(from + MAX_BATCH, positions.size()));
      List<SendMessageBatchRequestEntry> entries =
          IntStream.range(0, batch.size()).mapToObj(i -> entry(i, batch.get(i))).toList();
      boolean refused =
          client.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries)).hasFailed();
      if (refused) {
        throw new IllegalStateException("The queue refused some of the parked positions");
      }
    }
  }

  private static SendMessageBatchRequestEntry entry(int id, ParkedPosition position) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(id))
        .messageBody(ParkedPositionJson.write(position))
        .build();
  }
}
