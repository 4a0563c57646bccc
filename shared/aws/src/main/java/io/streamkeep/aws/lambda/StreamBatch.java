package io.streamkeep.aws.lambda;

import io.streamkeep.aws.dynamodb.DynamoJson;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * New commits in an event of the event table's stream.
 *
 * @param foreign the number of new items skipped because their key is not a commit's
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB streams</a>
 */
public record StreamBatch(List<StreamRecord> records, int foreign) {

  /** A record of the stream; {@code sequenceNumber} is opaque. */
  public record StreamRecord(String sequenceNumber, DeliveredCommit commit) {}

  /** Reads the event. Commits are only ever inserted, so other changes of the table are ignored. */
  public static StreamBatch read(JsonObject event) {
    List<StreamRecord> records = new ArrayList<>();
    int foreign = 0;
    for (JsonObject json : event.getJsonArray("Records").getValuesAs(JsonObject.class)) {
      if (json.getString("eventName").equals("INSERT")) {
        try {
          records.add(record(json.getJsonObject("dynamodb")));
        } catch (UnreadableException | IllegalArgumentException e) {
          foreign++;
        }
      }
    }
    return new StreamBatch(records, foreign);
  }

  private static StreamRecord record(JsonObject change) {
    Map<String, AttributeValue> key = DynamoJson.item(change.getJsonObject("Keys"));
    Map<String, AttributeValue> image = DynamoJson.item(change.getJsonObject("NewImage"));
    return new StreamRecord(
        change.getString("SequenceNumber"),
        new DeliveredCommit(CommitItem.stream(key), CommitItem.number(key), commit(image)));
  }

  private static @Nullable Commit commit(Map<String, AttributeValue> image) {
    try {
      return CommitItem.read(image);
    } catch (UnreadableException e) {
      return null;
    }
  }
}
