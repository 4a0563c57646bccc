package io.streamkeep.aws.sqs;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Delays the next receive of a failed message: 10 s, then twice as long each time, up to 15 min.
 */
public final class VisibilityBackoff {

  public static final Duration MAX = Duration.ofMinutes(15);

  private static final Duration FIRST = Duration.ofSeconds(10);

  /** Doublings after which a delay exceeds the maximum; limits the shift. */
  private static final int MAX_DOUBLINGS = 10;

  private final SqsClient client;
  private final String queueUrl;

  public VisibilityBackoff(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  /**
   * The delay after an attempt.
   *
   * @param receives the number of times the message has been received, at least 1
   */
  public static Duration delay(int receives) {
    Duration delay = FIRST.multipliedBy(1L << Math.min(receives - 1, MAX_DOUBLINGS));
    return delay.compareTo(MAX) < 0 ? delay : MAX;
  }

  /**
   * Hides a message for a while. If the queue can't be reached, the message stays hidden for the
   * queue's own time-out, and nothing else is affected.
   *
   * @param receives the number of times it has been received, at least 1
   */
  public void delay(String receiptHandle, int receives) {
    int seconds = (int) delay(receives).toSeconds();
    try {
      client.changeMessageVisibility(
          change ->
              change.queueUrl(queueUrl).receiptHandle(receiptHandle).visibilityTimeout(seconds));
    } catch (SdkException e) {
      // the message is received again in any case
    }
  }
}
