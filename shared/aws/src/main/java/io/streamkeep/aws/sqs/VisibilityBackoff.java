package io.streamkeep.aws.sqs;

import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes a message that failed wait before it comes again: 1 s, then twice as long each time. */
public final class VisibilityBackoff {

  private static final Duration MAX = Duration.ofMinutes(15);

  private final SqsClient client;
  private final String queueUrl;

  public VisibilityBackoff(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  /**
   * Sets when a message is visible again.
   *
   * @param receives how often it was received, at least once
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
