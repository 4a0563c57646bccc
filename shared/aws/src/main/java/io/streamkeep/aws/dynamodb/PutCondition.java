package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Of a put: that what it replaces is as it was found. */
public record PutCondition(
    String text, Map<String, String> names, Map<String, AttributeValue> values) {

  /** A number of the item is still what was found; 0 if there was none. */
  public static PutCondition stillAt(String attribute, long number) {
    return number == 0 ? absent(attribute) : equal(attribute, ":at", fromN(Long.toString(number)));
  }

  public static PutCondition absent(String attribute) {
    return new PutCondition(
        "attribute_not_exists(#" + attribute + ")", Map.of("#" + attribute, attribute), Map.of());
  }

  /** An attribute that was found is still the same. */
  public static PutCondition same(String attribute, Map<String, AttributeValue> found) {
    return equal(attribute, ":" + attribute, Objects.requireNonNull(found.get(attribute)));
  }

  private static PutCondition equal(String attribute, String name, AttributeValue value) {
    return new PutCondition(
        "#%s = %s".formatted(attribute, name),
        Map.of("#" + attribute, attribute),
        Map.of(name, value));
  }

  public PutCondition and(PutCondition other) {
    Map<String, String> allNames = new HashMap<>(names);
    allNames.putAll(other.names);
    Map<String, AttributeValue> allValues = new HashMap<>(values);
    allValues.putAll(other.values);
    return new PutCondition(text + " AND " + other.text, allNames, allValues);
  }

  public PutItemRequest.Builder on(PutItemRequest.Builder put) {
    return put.conditionExpression(text)
        .expressionAttributeNames(names)
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }

  public Put.Builder on(Put.Builder put) {
    return put.conditionExpression(text)
        .expressionAttributeNames(names)
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }
}
