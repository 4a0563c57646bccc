package io.streamkeep.aws.sqs;

import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The dead-letter queue of redelivery: parked positions that failed every attempt, and batches that
 * a stream's mapping discarded.
 *
 * @param arn its ARN
 * @param redeliveryArn the ARN of the redelivery queue
 */
public record DeadLetterQueue(SqsClient client, String arn, String redeliveryArn) {

  /**
   * Has SQS move all messages to the redelivery queue in the background. SQS refuses a second move
   * while one is in progress.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html">
   *     StartMessageMoveTask</a>
   */
  public void redriveAll() {
    client.startMessageMoveTask(task -> task.sourceArn(arn).destinationArn(redeliveryArn));
  }
}
