package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.store.UnreadableException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * A sub-total as an item of the views table: all sub-totals of a sort key add up to its total.
 * Stored format: {@code stream} (S, partition key) is {@code total/} and the group, which can't be
 * a stream's name; {@code view} (S, sort key) is the sort key, U+001F and the number of the
 * sub-total; every other attribute is an amount (N) under its own name.
 */
final class TotalItem {

  private static final String PREFIX = "total/";

  /**
   * Lower than every character of a sort key, so that the sub-totals of a total follow each other.
   */
  private static final String SEPARATOR = "\u001F";

  private TotalItem() {}

  static AttributeValue partition(String group) {
    return fromS(PREFIX + group);
  }

  /** Adds to the amounts of a sub-total; a missing amount counts as 0. */
  static void add(Update.Builder update, AggregateTotal total, int subTotal) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> adds = new ArrayList<>();
    for (Map.Entry<String, Long> amount : new TreeMap<>(total.amounts()).entrySet()) {
      String n = Integer.toString(adds.size());
      names.put("#n" + n, amount.getKey());
      values.put(":n" + n, fromN(amount.getValue().toString()));
      adds.add("#n" + n + " :n" + n);
    }
    update
        .key(
            Map.of(
                CursorItem.STREAM,
                partition(total.group()),
                CursorItem.VIEW,
                fromS(total.sortKey() + SEPARATOR + subTotal)))
        .updateExpression("ADD " + String.join(", ", adds))
        .expressionAttributeNames(names)
        .expressionAttributeValues(values);
  }

  /** The sort key of the total that an item is a part of. */
  static String sortKey(Map<String, AttributeValue> item) {
    return CursorItem.reader(item).text(CursorItem.VIEW).split(SEPARATOR, 2)[0];
  }

  /** The amounts in an item by name; throws UnreadableException if one is no number. */
  static Map<String, BigInteger> amounts(Map<String, AttributeValue> item) {
    Map<String, BigInteger> amounts = new TreeMap<>();
    item.forEach(
        (name, value) -> {
          if (!name.equals(CursorItem.STREAM) && !name.equals(CursorItem.VIEW)) {
            amounts.put(name, amount(name, value));
          }
        });
    return amounts;
  }

  private static BigInteger amount(String name, AttributeValue value) {
    if (value.n() == null) {
      throw new UnreadableException("A total whose " + name + " is not a number");
    }
    return new BigInteger(value.n());
  }
}
