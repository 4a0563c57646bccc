package io.streamkeep.aws.lambda;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * Messages, as a queue hands them to a function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     Amazon SQS</a>
 */
public record QueueBatch(List<Message> messages) {

  /**
   * A message.
   *
   * @param receives how often it was received, this time included
   */
  public record Message(String id, String receiptHandle, String body, int receives) {}

  public static QueueBatch read(JsonObject event) {
    return new QueueBatch(
        event.getJsonArray("Records").getValuesAs(JsonObject.class).stream()
            .map(QueueBatch::message)
            .toList());
  }

  private static Message message(JsonObject record) {
    return new Message(
        record.getString("messageId"),
        record.getString("receiptHandle"),
        record.getString("body"),
        Integer.parseInt(record.getJsonObject("attributes").getString("ApproximateReceiveCount")));
  }
}
