package io.streamkeep.aws.lambda;

import io.streamkeep.aws.dynamodb.DynamoJson;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * New commits, as the stream of the events table hands them to a function.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB streams</a>
 */
public record StreamBatch(List<Delivered> records) {

  /** A record of the stream; {@code sequenceNumber} is opaque. */
  public record Delivered(String sequenceNumber, DeliveredCommit item) {}

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
    return new Delivered(
        change.getString("SequenceNumber"),
        item(
            DynamoJson.item(change.getJsonObject("Keys")),
            DynamoJson.item(change.getJsonObject("NewImage"))));
  }

  /**
   * The commit in a record as the stream itself has it; empty if it is of what is passed over.
   *
   * @throws RuntimeException if its key is that of no commit
   */
  static Optional<DeliveredCommit> item(Record record) {
    return record.eventName() == OperationType.INSERT
        ? Optional.of(item(record.dynamodb().keys(), record.dynamodb().newImage()))
        : Optional.empty();
  }

  private static DeliveredCommit item(
      Map<String, AttributeValue> key, Map<String, AttributeValue> image) {
    return new DeliveredCommit(CommitItem.stream(key), CommitItem.number(key), commit(image));
  }

  private static @Nullable Commit commit(Map<String, AttributeValue> image) {
    try {
      return CommitItem.read(image);
    } catch (UnreadableException e) {
      return null;
    }
  }
}
