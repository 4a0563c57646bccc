package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DynamoViewStore;
import io.streamkeep.aws.dynamodb.DynamoViewStore.Page;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import io.streamkeep.kernel.View.Place;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore.Projected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DynamoViewStoreTest {

  private static final StreamId STREAM = new StreamId("order", "1");

  @RegisterExtension static final Tables TABLES = new Tables();

  private final DynamoViewStore rows = new DynamoViewStore(TABLES.client(), Tables.VIEWS);

  @Test
  void aRowIsPutOnlyOverTheCursorThatWasExpected() {
    Projected first = new Projected(new Row("{}", null), 1);
    Projected third = new Projected(new Row("{\"a\":1}", new Place("g", "r")), 3);

    assertThat(rows.find("cas", STREAM)).isEmpty();
    assertThat(rows.put("cas", STREAM, 1, first)).isFalse();
    assertThat(rows.put("cas", STREAM, 0, first)).isTrue();
    assertThat(rows.put("cas", STREAM, 0, third)).isFalse();
    assertThat(rows.put("cas", STREAM, 2, third)).isFalse();
    assertThat(rows.find("cas", STREAM)).contains(first);
    assertThat(rows.put("cas", STREAM, 1, third)).isTrue();
    assertThat(rows.find("cas", STREAM)).contains(third);
    assertThat(rows.find("other", STREAM)).isEmpty();
  }

  @Test
  void whatIsNoRowIsAnError() {
    TABLES
        .client()
        .putItem(
            put ->
                put.tableName(Tables.VIEWS)
                    .item(Map.of("stream", fromS("order#broken"), "view", fromS("broken"))));

    assertThatThrownBy(() -> rows.find("broken", new StreamId("order", "broken")))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("A row without commit");
  }

  @Test
  void aListIsReadFromItsGreatestRankInPages() {
    for (int i = 0; i < 25; i++) {
      Place place = new Place("list", "%03d".formatted(i));
      rows.put("list", new StreamId("order", "l" + i), 0, new Projected(new Row("" + i, place), 1));
    }
    rows.put("list", STREAM, 0, new Projected(new Row("x", new Place("another", "000")), 1));

    List<String> seen = new ArrayList<>();
    String before = null;
    List<Integer> sizes = new ArrayList<>();
    do {
      Page page = rows.list("list", before, 10);
      page.rows().forEach(row -> seen.add(row.data()));
      sizes.add(page.rows().size());
      before = page.next();
    } while (before != null);

    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(seen).hasSize(25).startsWith("24", "23").endsWith("0");
  }
}
