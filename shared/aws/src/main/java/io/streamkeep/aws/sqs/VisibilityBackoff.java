package io.streamkeep.aws.sqs;

import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Delays the next receive of a failed message: 1 s, then twice as long each time, up to 15 min. */
public final class VisibilityBackoff {

  private static final Duration MAX = Duration.ofMinutes(15);

  private final SqsClient client;
  private final String queueUrl;

  public VisibilityBackoff(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  /**
   * Hides a message for a while.
   *
   * @param receives the number of times it has been received, at least 1
   */
  public void delay(String receiptHandle, int receives) {
    long seconds = Math.min(1L << Math.min(receives - 1, 20), MAX.toSeconds());
    client.changeMessageVisibility(
        change ->
            change
                .queueUrl(queueUrl)
                .receiptHandle(receiptHandle)
                .visibilityTimeout((int) seconds));
  }
}
