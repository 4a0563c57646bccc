package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The condition of a put that a number of the item is still what was found, or that there is none.
 *
 * @param attribute its name
 * @param number what was found; 0 for none
 */
record StillAt(String attribute, long number) {

  /** For a cursor. */
  static StillAt cursor(long commit) {
    return new StillAt(RowItem.COMMIT, commit);
  }

  PutItemRequest.Builder on(PutItemRequest.Builder put) {
    return put.conditionExpression(text())
        .expressionAttributeNames(names())
        .expressionAttributeValues(values());
  }

  Put.Builder on(Put.Builder put) {
    return put.conditionExpression(text())
        .expressionAttributeNames(names())
        .expressionAttributeValues(values());
  }

  private String text() {
    return number == 0 ? "attribute_not_exists(" + name() + ")" : name() + " = :at";
  }

  private Map<String, String> names() {
    return Map.of(name(), attribute);
  }

  private String name() {
    return "#" + attribute;
  }

  private @Nullable Map<String, AttributeValue> values() {
    return number == 0 ? null : Map.of(":at", fromN(Long.toString(number)));
  }
}
