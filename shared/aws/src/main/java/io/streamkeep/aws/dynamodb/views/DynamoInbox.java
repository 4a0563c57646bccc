package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Applies events from an outbound queue effectively once, although they may arrive twice, or late:
 * the effects are written in one transaction with a note of the event. An event that returns from a
 * dead-letter queue after later ones of its source is still applied; where order matters, effects
 * need a condition on the commit. Stored format of a note: {@code stream} (S, partition key, the
 * event's source) and {@code view} (S, sort key, the consumer, {@code #} and the event's id). Notes
 * are never deleted, since an event may be published again at any time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html">
 *     Exactly-once processing in SQS</a>, which drops what is sent again within five minutes
 */
public final class DynamoInbox {

  private static final Pattern ID = Pattern.compile("[0-9]{1,18}/[0-9]{1,9}");

  private final DynamoTable table;
  private final String consumer;

  /**
   * Makes an inbox.
   *
   * @param table with the same keys as the views table
   * @param consumer its name; every consumer applies all events for itself
   */
  public DynamoInbox(DynamoDbClient client, String table, String consumer) {
    this.table = new DynamoTable(client, table);
    this.consumer = consumer;
  }

  /**
   * Applies an event, unless it has been applied.
   *
   * @param message a CloudEvent as it was published
   * @param effects at most 99, on items other than the note
   * @return whether it was applied now; otherwise nothing is written
   * @throws UnreadableException if the message is not such an event
   * @throws TransactionCanceledException if a condition of the effects fails, or another
   *     transaction is in progress on the same items; nothing is written, and the message should be
   *     received again
   */
  public boolean apply(String message, List<TransactWriteItem> effects) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(note(message));
    items.addAll(effects);
    try {
      table.transact(items);
      return true;
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().getFirst().code().equals("ConditionalCheckFailed")) {
        return false;
      }
      throw e;
    }
  }

  private TransactWriteItem note(String message) {
    JsonObject event = read(message);
    String id = event.getString("id", "");
    String source = event.getString("source", "");
    if (!ID.matcher(id).matches() || source.isEmpty()) {
      throw new UnreadableException("A message without the source and id of an event");
    }
    return table.putInTransaction(
        Map.of(CursorItem.STREAM, fromS(source), CursorItem.VIEW, fromS(consumer + "#" + id)),
        PutCondition.isAbsent(CursorItem.STREAM));
  }

  private static JsonObject read(String message) {
    try {
      return Json.read(message);
    } catch (JsonException | ClassCastException e) {
      throw new UnreadableException("A message that is not a JSON object");
    }
  }
}
