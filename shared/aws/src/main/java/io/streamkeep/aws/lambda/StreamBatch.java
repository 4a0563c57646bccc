package io.streamkeep.aws.lambda;

import io.streamkeep.aws.dynamodb.CommitItem;
import io.streamkeep.aws.dynamodb.DynamoJson;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.Delivery.Item;
import io.streamkeep.kernel.UnreadableException;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * New commits, as the stream of the events table hands them to a function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB streams</a>
 */
public record StreamBatch(List<Delivered> records) {

  /** A record of the stream; {@code sequenceNumber} is opaque. */
  public record Delivered(String sequenceNumber, Item item) {}

  /**
   * Reads the event. Commits are only ever inserted: what else is done to the table is passed over.
   */
  public static StreamBatch read(JsonObject event) {
    return new StreamBatch(
        event.getJsonArray("Records").getValuesAs(JsonObject.class).stream()
            .filter(record -> record.getString("eventName").equals("INSERT"))
            .map(record -> delivered(record.getJsonObject("dynamodb")))
            .toList());
  }

  private static Delivered delivered(JsonObject change) {
    Map<String, AttributeValue> key = DynamoJson.item(change.getJsonObject("Keys"));
    return new Delivered(
        change.getString("SequenceNumber"),
        new Item(
            CommitItem.stream(key),
            CommitItem.number(key),
            commit(DynamoJson.item(change.getJsonObject("NewImage")))));
  }

  private static @Nullable Commit commit(Map<String, AttributeValue> image) {
    try {
      return CommitItem.read(image);
    } catch (UnreadableException e) {
      return null;
    }
  }
}
