package io.streamkeep.aws.sqs;

import io.streamkeep.aws.PointerJson;
import io.streamkeep.kernel.Parking;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Parks on an SQS queue, from which the redelivery function takes it. */
public final class SqsParking implements Parking {

  private final SqsClient client;
  private final String queueUrl;

  public SqsParking(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  @Override
  public void park(Pointer pointer) {
    client.sendMessage(send -> send.queueUrl(queueUrl).messageBody(PointerJson.write(pointer)));
  }
}
