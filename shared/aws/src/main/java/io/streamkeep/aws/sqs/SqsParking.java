package io.streamkeep.aws.sqs;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.command.Backoff;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Parking;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Parks on the SQS queue from which the redelivery function reads. */
public final class SqsParking implements Parking {

  private static final int MAX_BATCH = 10;

  static final int MAX_ATTEMPTS = 5;

  private static final Duration FIRST_BOUND = Duration.ofMillis(50);
  private static final Duration LARGEST_BOUND = Duration.ofMillis(500);

  private final SqsClient client;
  private final String queueUrl;
  private final Sleeper sleeper;

  public SqsParking(SqsClient client, String queueUrl, Sleeper sleeper) {
    this.client = client;
    this.queueUrl = queueUrl;
    this.sleeper = sleeper;
  }

  @Override
  public void park(ParkedPosition position) {
    client.sendMessage(
        send -> send.queueUrl(queueUrl).messageBody(ParkedPositionJson.write(position)));
  }

  /**
   * Sends the messages that the queue refused again; the SDK retries only whole requests.
   *
   * @throws ThrottledException if the queue refuses a message in every attempt
   */
  @Override
  public void parkAll(List<ParkedPosition> positions) {
    for (int from = 0; from < positions.size(); from += MAX_BATCH) {
      List<ParkedPosition> batch =
          positions.subList(from, Math.min(from + MAX_BATCH, positions.size()));
      send(IntStream.range(0, batch.size()).mapToObj(i -> entry(i, batch.get(i))).toList());
    }
  }

  private void send(List<SendMessageBatchRequestEntry> entries) {
    Backoff backoff = new Backoff(sleeper, FIRST_BOUND, LARGEST_BOUND);
    List<SendMessageBatchRequestEntry> rest = refused(entries);
    for (int attempt = 1; !rest.isEmpty(); attempt++) {
      if (attempt == MAX_ATTEMPTS) {
        throw new ThrottledException(null);
      }
      backoff.await();
      rest = refused(rest);
    }
  }

  /** Sends messages; returns those that the queue refused but may accept later. */
  private List<SendMessageBatchRequestEntry> refused(List<SendMessageBatchRequestEntry> entries) {
    List<BatchResultErrorEntry> failed =
        client.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries)).failed();
    if (failed.stream().anyMatch(each -> Boolean.TRUE.equals(each.senderFault()))) {
      throw new IllegalStateException("The queue refused a parked position permanently");
    }
    List<String> ids = failed.stream().map(BatchResultErrorEntry::id).toList();
    return entries.stream().filter(entry -> ids.contains(entry.id())).toList();
  }

  private static SendMessageBatchRequestEntry entry(int id, ParkedPosition position) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(id))
        .messageBody(ParkedPositionJson.write(position))
        .build();
  }
}
