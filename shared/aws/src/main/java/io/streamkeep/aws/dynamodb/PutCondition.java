package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** A condition of a put or a delete: the item is unchanged since it was read. */
public record PutCondition(String text, Map<String, AttributeValue> values) {

  /** Holds while a number in the item is unchanged; 0 if there was none. */
  public static PutCondition isStill(String attribute, long number) {
    return number == 0 ? isAbsent(attribute) : equal(attribute, fromN(Long.toString(number)));
  }

  public static PutCondition isAbsent(String attribute) {
    return new PutCondition("attribute_not_exists(#" + attribute + ")", Map.of());
  }

  /** Holds while an attribute of the item is the same as when it was read. */
  public static PutCondition isStill(String attribute, Map<String, AttributeValue> read) {
    return equal(attribute, Objects.requireNonNull(read.get(attribute)));
  }

  private static PutCondition equal(String attribute, AttributeValue value) {
    return new PutCondition("#%1$s = :%1$s".formatted(attribute), Map.of(":" + attribute, value));
  }

  public PutCondition and(PutCondition other) {
    Map<String, AttributeValue> all = new HashMap<>(values);
    all.putAll(other.values);
    return new PutCondition(text + " AND " + other.text, all);
  }

  public PutItemRequest.Builder on(PutItemRequest.Builder put) {
    return put.conditionExpression(text)
        .expressionAttributeNames(DynamoTable.names(text))
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }

  Delete.Builder on(Delete.Builder delete) {
    return delete
        .conditionExpression(text)
        .expressionAttributeNames(DynamoTable.names(text))
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }

  Put.Builder on(Put.Builder put) {
    return put.conditionExpression(text)
        .expressionAttributeNames(DynamoTable.names(text))
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }
}
