package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.RedriveMarks;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Parking attributes on a row's item; the row may hold no other data. Stored format: {@code parked}
 * (S, the subscriber, partition key of the index {@value #INDEX}, whose sort key is the stream),
 * {@code position} (S, see {@link ParkedPositionJson}), {@code reason} (S), {@code first} and
 * {@code last} (S, ISO 8601, the attempts), {@code attempts} (N). A put of the row removes them.
 * {@code sent} (S, ISO 8601 with milliseconds) and {@code redrive} (S) are the time and the id of
 * the redrive that sent it; the next attempt removes them.
 */
final class ParkedItem {

  static final String INDEX = "by-parked";

  private static final String POSITION = "position";
  private static final String REASON = "reason";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String ATTEMPTS = "attempts";
  private static final String SENT = "sent";
  private static final int MAX_REASON = 1000;
  private static final String DAMAGED = "The record of the attempts is damaged";

  /** Counts in the item, since the first attempts of stream and redelivery may coincide. */
  private static final String COUNT =
      """
      SET #parked = :parked, #position = :position, #reason = :reason, \
      #first = if_not_exists(#first, :at), #last = :at ADD #attempts :one REMOVE #sent, #redrive\
      """;

  private static final String REPLACE =
      """
      SET #parked = :parked, #position = :position, #reason = :reason, \
      #first = :at, #last = :at, #attempts = :one REMOVE #sent, #redrive\
      """;

  private static final String MARK = "SET #sent = :sent, #redrive = :redrive";

  private static final String MAY_BE_MARKED =
      """
      attribute_exists(#parked) AND \
      (attribute_not_exists(#sent) OR #sent < :expired OR #redrive = :redrive)\
      """;

  private ParkedItem() {}

  /**
   * The parked position in an item of the index; empty if its key is not a stream's. If the item
   * was damaged by hand, a position from which the subscriber can still be caught up.
   */
  static Optional<Parked> read(Map<String, AttributeValue> attributes) {
    try {
      return Optional.of(recorded(attributes));
    } catch (UnreadableException | DateTimeException | NumberFormatException e) {
      return damaged(CursorItem.reader(attributes));
    }
  }

  /**
   * The position of a damaged item, dated so far back that the reconciler sends it to redelivery.
   */
  private static Optional<Parked> damaged(ItemReader item) {
    try {
      StreamId stream = StreamId.parse(item.text(CursorItem.STREAM));
      ParkedPosition position =
          new ParkedPosition(item.text(CursorItem.PARKED), stream, 1, Metadata.NONE);
      return Optional.of(new Parked(position, DAMAGED, Instant.EPOCH, Instant.EPOCH, 0, null));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Parked recorded(Map<String, AttributeValue> attributes) {
    ItemReader item = CursorItem.reader(attributes);
    Instant first = Instant.parse(item.text(FIRST));
    Instant last = Instant.parse(item.text(LAST));
    boolean inOrder = !last.isBefore(first); // else an earlier attempt was recorded after a later
    return new Parked(
        ParkedPositionJson.read(item.text(POSITION)),
        item.text(REASON),
        inOrder ? first : last,
        inOrder ? last : first,
        item.number(ATTEMPTS),
        item.optionalText(SENT).map(Instant::parse).orElse(null));
  }

  /**
   * Records one more attempt, on a condition.
   *
   * @param before the item as it was read, which may be damaged
   */
  static UpdateItemRequest.Builder park(
      UpdateItemRequest.Builder update,
      Map<String, AttributeValue> before,
      ParkedPosition position,
      String reason,
      Instant at,
      PutCondition condition) {
    String expression = isDamaged(before) ? REPLACE : COUNT;
    Map<String, AttributeValue> values = new HashMap<>(condition.values());
    values.put(":parked", fromS(position.subscriber()));
    values.put(":position", fromS(ParkedPositionJson.write(position)));
    values.put(":reason", fromS(reason.substring(0, Math.min(MAX_REASON, reason.length()))));
    values.put(":at", fromS(at.toString()));
    values.put(":one", fromN("1"));
    return update
        .updateExpression(expression)
        .conditionExpression(condition.text())
        .expressionAttributeNames(DynamoTable.names(expression, condition.text()))
        .expressionAttributeValues(values);
  }

  private static boolean isDamaged(Map<String, AttributeValue> item) {
    return item.containsKey(CursorItem.PARKED)
        ? read(item).filter(parked -> parked.attempts() > 0).isEmpty()
        : item.containsKey(FIRST) || item.containsKey(ATTEMPTS);
  }

  /** Marks a parked position as sent, on the condition of {@link RedriveMarks}. */
  static UpdateItemRequest.Builder mark(
      UpdateItemRequest.Builder update, String redrive, Instant at) {
    return update
        .updateExpression(MARK)
        .conditionExpression(MAY_BE_MARKED)
        .expressionAttributeNames(DynamoTable.names(MARK, MAY_BE_MARKED))
        .expressionAttributeValues(
            Map.of(
                ":sent",
                fromS(Timestamp.format(at)),
                ":redrive",
                fromS(redrive),
                ":expired",
                fromS(Timestamp.format(at.minus(RedriveMarks.EXPIRY)))));
  }
}
