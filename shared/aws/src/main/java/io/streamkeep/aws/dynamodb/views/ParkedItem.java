package io.streamkeep.aws.dynamodb.views;

import static io.streamkeep.aws.dynamodb.CursorItem.COMMIT;
import static io.streamkeep.aws.dynamodb.CursorItem.number;
import static io.streamkeep.aws.dynamodb.CursorItem.text;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * That a view is parked, in its row's item, which may have nothing else. Stored format: {@code
 * parked} (S, the view, partition key of the index {@value #INDEX}, whose sort key is the stream),
 * {@code pointer} (S, see {@link ParkedPositionJson}), {@code reason} (S), {@code first} and {@code
 * last} (S, ISO 8601), {@code tries} (N). A row that is put anew has none of it.
 */
final class ParkedItem {

  static final String INDEX = "by-parked";
  static final String PARKED = "parked";
  private static final String POINTER = "pointer";
  private static final String REASON = "reason";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String TRIES = "tries";

  private static final int LONGEST_REASON = 1000;

  private ParkedItem() {}

  static boolean is(Map<String, AttributeValue> item) {
    return item.containsKey(PARKED);
  }

  static Parked read(Map<String, AttributeValue> item) {
    Instant first = Instant.parse(text(item, FIRST));
    Instant last = Instant.parse(text(item, LAST));
    boolean inOrder = !last.isBefore(first); // else it was told of the first try after a later one
    return new Parked(
        ParkedPositionJson.read(text(item, POINTER)),
        text(item, REASON),
        inOrder ? first : last,
        inOrder ? last : first,
        number(item, TRIES));
  }

  /** Once more, on the condition that the cursor is still before the commit. */
  static UpdateItemRequest.Builder put(
      UpdateItemRequest.Builder update, ParkedPosition pointer, String reason, Instant at) {
    return update
        .updateExpression(
            """
            SET #parked = :parked, #pointer = :pointer, #reason = :reason, \
            #first = if_not_exists(#first, :at), #last = :at ADD #tries :once""")
        .conditionExpression("attribute_not_exists(#commit) OR #commit = :cursor")
        .expressionAttributeNames(
            Map.of(
                "#parked",
                PARKED,
                "#pointer",
                POINTER,
                "#reason",
                REASON,
                "#first",
                FIRST,
                "#last",
                LAST,
                "#tries",
                TRIES,
                "#commit",
                COMMIT))
        .expressionAttributeValues(
            Map.of(
                ":parked",
                fromS(pointer.subscriber()),
                ":pointer",
                fromS(ParkedPositionJson.write(pointer)),
                ":reason",
                fromS(reason.substring(0, Math.min(LONGEST_REASON, reason.length()))),
                ":at",
                fromS(at.toString()),
                ":once",
                fromN("1"),
                ":cursor",
                fromN(Long.toString(pointer.commit() - 1))));
  }
}
