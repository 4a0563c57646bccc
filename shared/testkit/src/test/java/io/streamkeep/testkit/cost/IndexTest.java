package io.streamkeep.testkit.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The cost of an item's change in an index, for each case in the service's documentation. */
final class IndexTest {

  private static final Map<String, AttributeValue> NONE = Map.of();

  private final Index all = new Index(List.of("group", "rank"), null);
  private final Index some = new Index(List.of("group"), Set.of("id", "group", "name"));

  private static Map<String, AttributeValue> item(String... namesAndValues) {
    Map<String, AttributeValue> item = new HashMap<>(Map.of("id", fromS("1")));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put(namesAndValues[i], fromS(namesAndValues[i + 1]));
    }
    return item;
  }

  @Test
  void itemWithoutTheCompleteKeyIsNotIndexed() {
    assertThat(all.writeUnits(NONE, item("group", "a"))).isZero();
    assertThat(all.writeUnits(item("group", "a"), item("group", "b"))).isZero();
  }

  @Test
  void entryIsAddedAndRemovedAtItsSize() {
    Map<String, AttributeValue> large = item("group", "a", "rank", "1", "data", "x".repeat(1100));

    assertThat(all.writeUnits(NONE, item("group", "a", "rank", "1"))).isOne();
    assertThat(all.writeUnits(NONE, large)).isEqualTo(2);
    assertThat(all.writeUnits(large, NONE)).isEqualTo(2);
    assertThat(all.writeUnits(large, item("group", "a"))).isEqualTo(2);
  }

  @Test
  void changedKeyRemovesAndAddsTheEntry() {
    assertThat(all.writeUnits(item("group", "a", "rank", "1"), item("group", "a", "rank", "2")))
        .isEqualTo(2);
  }

  @Test
  void largerEntryIsPaidOnce_whenTheKeyStays() {
    Map<String, AttributeValue> large = item("group", "a", "rank", "1", "data", "x".repeat(1100));

    assertThat(all.writeUnits(large, item("group", "a", "rank", "1"))).isEqualTo(2);
    assertThat(all.writeUnits(item("group", "a", "rank", "1"), large)).isEqualTo(2);
  }

  @Test
  void attributeThatIsNotProjectedCostsNothing() {
    String data = "x".repeat(1100);

    assertThat(some.writeUnits(NONE, item("group", "a", "name", "n", "data", data))).isOne();
    assertThat(some.writeUnits(item("group", "a", "data", data), item("group", "a"))).isZero();
    assertThat(some.writeUnits(item("group", "a"), item("group", "a", "name", "n"))).isOne();
  }
}
