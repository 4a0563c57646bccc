package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.Throttling;
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
 * Takes in events that come from an outbound queue, each once in effect, though they may come
 * twice: the effects and the note of what was taken in last from the event's source are one
 * transaction. Stored format of a note: {@code stream} (S, partition key, the event's source),
 * {@code view} (S, sort key, the consumer), {@code commit} (N) and {@code event} (N), the event's
 * id.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html">
 *     What SQS itself drops</a>, which is what comes again within five minutes
 */
public final class DynamoInbox {

  private static final Pattern ID = Pattern.compile("([0-9]{1,18})/([0-9]{1,9})");

  private final DynamoDbClient client;
  private final String table;
  private final String consumer;

  /**
   * Makes an inbox.
   *
   * @param table with keys as those of the views' table
   * @param consumer its name; others take in the same events for themselves
   */
  public DynamoInbox(DynamoDbClient client, String table, String consumer) {
    this.client = client;
    this.table = table;
    this.consumer = consumer;
  }

  /**
   * Takes in an event, unless that has been done, or one after it has come from the same source.
   *
   * @param message a CloudEvent as it was published
   * @param effects at most 99, of other items than the note
   * @return whether it was taken in now; else nothing is written
   * @throws UnreadableException if the message is no such event
   * @throws TransactionCanceledException if a condition of the effects does not hold, or another
   *     transaction is at work on the same items; nothing is written, and the message is to come
   *     again
   */
  public boolean takeIn(String message, List<TransactWriteItem> effects) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(note(message));
    items.addAll(effects);
    try {
      Throttling.translate(
          () -> client.transactWriteItems(transact -> transact.transactItems(items)));
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
    Matcher id = ID.matcher(event.getString("id", ""));
    String source = event.getString("source", "");
    if (!id.matches() || source.isEmpty()) {
      throw new UnreadableException("A message without the source and id of an event");
    }
    AttributeValue commit = fromN(id.group(1));
    AttributeValue place = fromN(id.group(2));
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            CursorItem.STREAM,
                            fromS(source),
                            CursorItem.VIEW,
                            fromS(consumer),
                            "commit",
                            commit,
                            "event",
                            place))
                    .conditionExpression(
                        """
                        attribute_not_exists(#commit) OR #commit < :commit \
                        OR (#commit = :commit AND #event < :event)""")
                    .expressionAttributeNames(Map.of("#commit", "commit", "#event", "event"))
                    .expressionAttributeValues(Map.of(":commit", commit, ":event", place)))
        .build();
  }

  private static JsonObject read(String message) {
    try {
      return Json.read(message);
    } catch (JsonException | ClassCastException e) {
      throw new UnreadableException("A message that is no JSON object");
    }
  }
}
