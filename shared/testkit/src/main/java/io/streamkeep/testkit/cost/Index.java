package io.streamkeep.testkit.cost;

import io.streamkeep.aws.dynamodb.ItemSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A secondary index, and the cost of an item's change in it.
 *
 * @param key its key attributes; an item without one of them is not in the index
 * @param projected the attributes that it holds, all keys included; null for all of an item's
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes">
 *     Write capacity units of global secondary indexes</a>
 */
record Index(List<String> key, @Nullable Set<String> projected) {

  long writeUnits(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    Map<String, AttributeValue> was = entry(before);
    Map<String, AttributeValue> is = entry(after);
    if (was.equals(is)) {
      return 0;
    }
    if (!was.isEmpty() && !is.isEmpty() && sameKey(was, is)) {
      return ItemSize.writeUnits(Math.max(ItemSize.of(was), ItemSize.of(is)));
    }
    return units(was) + units(is); // removed under the old key, added under the new one
  }

  private Map<String, AttributeValue> entry(Map<String, AttributeValue> item) {
    if (!item.keySet().containsAll(key)) {
      return Map.of();
    }
    Map<String, AttributeValue> entry = new HashMap<>(item);
    if (projected != null) {
      entry.keySet().retainAll(projected);
    }
    return entry;
  }

  private boolean sameKey(Map<String, AttributeValue> was, Map<String, AttributeValue> is) {
    return key.stream().allMatch(name -> Objects.equals(was.get(name), is.get(name)));
  }

  private static long units(Map<String, AttributeValue> entry) {
    return entry.isEmpty() ? 0 : ItemSize.writeUnits(ItemSize.of(entry));
  }
}
