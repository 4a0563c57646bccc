package io.streamkeep.aws.sqs;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
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
   * Hides a message for a while. If the queue can't be reached, the message stays hidden for the
   * queue's own time-out, and nothing else is affected.
   *
   * @param receives the number of times it has been received, at least 1
   */
  public void delay(String receiptHandle, int receives) {
    long seconds = Math.min(1L << Math.min(receives - 1, 20), MAX.toSeconds());
    try {
      client.changeMessageVisibility(
          change ->
              change
                  .queueUrl(queueUrl)
                  .receiptHandle(receiptHandle)
                  .visibilityTimeout((int) seconds));
    } catch (SdkException e) {
      // the message is received again in any case
    }
  }
}
