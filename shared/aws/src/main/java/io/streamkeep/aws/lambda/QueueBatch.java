package io.streamkeep.aws.lambda;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * Messages in an event of an SQS queue.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     Amazon SQS</a>
 */
public record QueueBatch(List<Message> messages) {

  /**
   * A message.
   *
   * @param receives the number of times it has been received, including this one
   */
  public record Message(String id, String receiptHandle, String body, int receives) {

    /**
     * True if a stream's mapping sent the message about a batch that it discarded; the message has
     * none of the records.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retaining
     *     discarded batches</a>
     */
    public boolean isDiscardedBatch() {
      try {
        return Json.read(body).containsKey("DDBStreamBatchInfo");
      } catch (JsonException e) {
        return false;
      }
    }
  }

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
