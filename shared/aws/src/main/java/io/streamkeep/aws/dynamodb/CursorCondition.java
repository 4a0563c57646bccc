package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** That a cursor is still where it was found, or that there is none yet. */
record CursorCondition(String text, @Nullable Map<String, AttributeValue> values) {

  private static final Map<String, String> NAMES = Map.of("#commit", RowItem.COMMIT);

  /** For the cursor at a commit, 0 if there is none. */
  static CursorCondition at(long commit) {
    return commit == 0
        ? new CursorCondition("attribute_not_exists(#commit)", null)
        : new CursorCondition("#commit = :at", Map.of(":at", fromN(Long.toString(commit))));
  }

  PutItemRequest.Builder on(PutItemRequest.Builder put) {
    return put.conditionExpression(text)
        .expressionAttributeNames(NAMES)
        .expressionAttributeValues(values);
  }

  Put.Builder on(Put.Builder put) {
    return put.conditionExpression(text)
        .expressionAttributeNames(NAMES)
        .expressionAttributeValues(values);
  }
}
