package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Applies events from an outbound queue effectively once, although they may arrive twice: the
 * effects are written in one transaction with the position of the last event applied from the same
 * source. Stored format of a position: {@code stream} (S, partition key, the event's source),
 * {@code view} (S, sort key, the consumer), {@code commit} (N) and {@code event} (N), the event's
 * id.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html">
 *     Exactly-once processing in SQS</a>, which drops what is sent again within five minutes
 */
public final class DynamoInbox {

  private static final Pattern ID = Pattern.compile("([0-9]{1,18})/([0-9]{1,9})");

  private final DynamoTable table;
  private final String consumer;

  /**
   * Makes an inbox.
   *
   * @param table with the same keys as the views table
   * @param consumer its name; every consumer applies the same events for itself
   */
  public DynamoInbox(DynamoDbClient client, String table, String consumer) {
    this.table = new DynamoTable(client, table);
    this.consumer = consumer;
  }

  /**
   * Applies an event, unless it or a later one from the same source has been applied.
   *
   * @param message a CloudEvent as it was published
   * @param effects at most 99, on items other than the position's
   * @return whether it was applied now; otherwise nothing is written
   * @throws UnreadableException if the message is not such an event
   * @throws TransactionCanceledException if a condition of the effects fails, or another
   *     transaction is in progress on the same items; nothing is written, and the message should be
   *     received again
   */
  public boolean apply(String message, List<TransactWriteItem> effects) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(position(message));
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

  private TransactWriteItem position(String message) {
    JsonObject event = read(message);
    Matcher id = ID.matcher(event.getString("id", ""));
    String source = event.getString("source", "");
    if (!id.matches() || source.isEmpty()) {
      throw new UnreadableException("A message without the source and id of an event");
    }
    AttributeValue commit = fromN(id.group(1));
    AttributeValue index = fromN(id.group(2));
    return table.putInTransaction(
        Map.of(
            CursorItem.STREAM,
            fromS(source),
            CursorItem.VIEW,
            fromS(consumer),
            CursorItem.COMMIT,
            commit,
            "event",
            index),
        new PutCondition(
            """
            attribute_not_exists(#commit) OR #commit < :commit \
            OR (#commit = :commit AND #event < :event)\
            """,
            Map.of(":commit", commit, ":event", index)));
  }

  private static JsonObject read(String message) {
    try {
      return Json.read(message);
    } catch (JsonException | ClassCastException e) {
      throw new UnreadableException("A message that is not a JSON object");
    }
  }
}
