package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Parking attributes on a row's item; the row may hold no other data. Stored format: {@code parked}
 * (S, the subscriber, partition key of the index {@value #INDEX}, whose sort key is the stream),
 * {@code position} (S, see {@link ParkedPositionJson}), {@code reason} (S), {@code first} and
 * {@code last} (S, ISO 8601, the attempts), {@code attempts} (N). A put of the row removes them.
 */
final class ParkedItem {

  static final String INDEX = "by-parked";

  private static final String POSITION = "position";
  private static final String REASON = "reason";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String ATTEMPTS = "attempts";
  private static final int MAX_REASON = 1000;

  private static final String UPDATE =
      """
      SET #parked = :parked, #position = :position, #reason = :reason, \
      #first = if_not_exists(#first, :at), #last = :at ADD #attempts :one\
      """;

  private ParkedItem() {}

  static Parked read(Map<String, AttributeValue> attributes) {
    ItemReader item = CursorItem.reader(attributes);
    Instant first = Instant.parse(item.text(FIRST));
    Instant last = Instant.parse(item.text(LAST));
    boolean inOrder = !last.isBefore(first); // else an earlier attempt was recorded after a later
    return new Parked(
        ParkedPositionJson.read(item.text(POSITION)),
        item.text(REASON),
        inOrder ? first : last,
        inOrder ? last : first,
        item.number(ATTEMPTS));
  }

  /** Records one more attempt, on a condition. */
  static UpdateItemRequest.Builder park(
      UpdateItemRequest.Builder update,
      ParkedPosition position,
      String reason,
      Instant at,
      PutCondition condition) {
    Map<String, AttributeValue> values = new HashMap<>(condition.values());
    values.put(":parked", fromS(position.subscriber()));
    values.put(":position", fromS(ParkedPositionJson.write(position)));
    values.put(":reason", fromS(reason.substring(0, Math.min(MAX_REASON, reason.length()))));
    values.put(":at", fromS(at.toString()));
    values.put(":one", fromN("1"));
    return update
        .updateExpression(UPDATE)
        .conditionExpression(condition.text())
        .expressionAttributeNames(DynamoTable.names(UPDATE, condition.text()))
        .expressionAttributeValues(values);
  }
}
