package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewReader.Listed;
import io.streamkeep.kernel.projection.ViewReader.Page;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of view readers. A store's test extends this and supplies the store. */
public abstract class ViewReaderContract {

  private static final String VIEW = "contract";

  /** Keeps this test's lists and totals apart from what other tests left in the store. */
  private final String unique = UUID.randomUUID().toString();

  protected abstract ViewStore store();

  protected abstract ViewReader reader();

  private void put(int key, @Nullable ListKey listKey, List<AggregateTotal> adds) {
    StreamId stream = new StreamId("contract", key + "-" + unique);
    Row row = new Row("{\"n\":" + key + "}", listKey, Set.of());
    assertThat(store().put(VIEW, stream, store().find(VIEW, stream), row, 1, adds)).isPresent();
  }

  /** Reads page after page up to the end. */
  private static List<List<String>> pages(Function<@Nullable String, Page<String>> read) {
    List<List<String>> pages = new ArrayList<>();
    Page<String> page = read.apply(null);
    pages.add(values(page));
    while (page.more()) {
      page = read.apply(page.items().getLast().sortKey());
      pages.add(values(page));
    }
    return pages;
  }

  private static List<String> values(Page<String> page) {
    return page.items().stream().map(ViewReaderContract::value).toList();
  }

  private static String value(Listed<String> item) {
    String value = item.value();
    return value == null ? "unreadable: " + item.name() : value;
  }

  @Test
  void listIsReadInPagesFromItsGreatestSortKey() {
    for (int i = 0; i < 25; i++) {
      put(i, new ListKey(unique, "%03d".formatted(i)), List.of());
    }
    put(25, new ListKey("another-" + unique, "000"), List.of());
    put(26, null, List.of());

    List<List<String>> pages = pages(before -> reader().list(unique, row -> row, before, 10));

    assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(pages.stream().flatMap(List::stream))
        .hasSize(25)
        .startsWith("{\"n\":24}", "{\"n\":23}")
        .endsWith("{\"n\":0}");
    assertThat(pages(before -> reader().list("missing-" + unique, row -> row, before, 10)))
        .containsExactly(List.of());
  }

  @Test
  void rowMovesFromListToList() {
    put(1, new ListKey(unique, "1"), List.of());
    StreamId stream = new StreamId("contract", "1-" + unique);
    Row moved = new Row("{\"n\":2}", new ListKey("other-" + unique, "1"), Set.of());
    store().put(VIEW, stream, store().find(VIEW, stream), moved, 2, List.of());

    assertThat(reader().list(unique, row -> row, null, 10).items()).isEmpty();
    assertThat(values(reader().list("other-" + unique, row -> row, null, 10)))
        .containsExactly("{\"n\":2}");
  }

  @Test
  void rowThatCantBeReadIsNamedAtItsPlaceInTheList() {
    for (int i = 0; i < 5; i++) {
      put(i, new ListKey(unique, Integer.toString(i)), List.of());
    }

    Page<String> first = reader().list(unique, ViewReaderContract::readUnlessOne, null, 4);
    Page<String> last = reader().list(unique, ViewReaderContract::readUnlessOne, "1", 4);

    assertThat(values(first))
        .containsExactly("{\"n\":4}", "{\"n\":3}", "{\"n\":2}", "unreadable: contract#1-" + unique);
    assertThat(first.items().getLast().sortKey()).isEqualTo("1");
    assertThat(first.more()).isTrue();
    assertThat(values(last)).containsExactly("{\"n\":0}");
  }

  private static String readUnlessOne(String row) {
    if (row.equals("{\"n\":1}")) {
      throw new UnreadableException("A damaged row");
    }
    return row;
  }

  @Test
  void totalThatCantBeReadIsNamedAtItsPlaceInTheList() {
    for (int i = 0; i < 4; i++) {
      put(i, null, List.of(new AggregateTotal(unique, "r" + i, Map.of("amount", (long) i))));
    }

    Page<String> page = reader().totals(unique, "r0", "r9", null, ViewReaderContract::readOdd, 10);

    assertThat(values(page)).containsExactly("r1", "unreadable: r2", "r3");
    assertThat(page.more()).isFalse();
  }

  private static Optional<String> readOdd(TotalRow total) {
    if (total.sortKey().equals("r2")) {
      throw new UnreadableException("A damaged total");
    }
    return Optional.of(total).filter(ViewReaderContract::isOdd).map(TotalRow::sortKey);
  }

  @Test
  void totalsAreReadInPagesFromTheirLowestSortKey() {
    for (int i = 0; i < 25; i++) {
      String sortKey = "r%02d".formatted(i);
      put(i, null, List.of(new AggregateTotal(unique, sortKey, Map.of("amount", (long) i))));
    }

    assertThat(oddSortKeys("r03", "r20", 7))
        .containsExactly(
            List.of("r03", "r05", "r07", "r09", "r11", "r13", "r15"), List.of("r17", "r19"));
    assertThat(oddSortKeys("r03", "r05", 2)).containsExactly(List.of("r03", "r05"));
    assertThat(oddSortKeys("r1", "r1", 10))
        .containsExactly(List.of("r11", "r13", "r15", "r17", "r19"));
    assertThat(oddSortKeys("s", "t", 10)).containsExactly(List.of());
  }

  private List<List<String>> oddSortKeys(String from, String to, int limit) {
    return pages(
        after ->
            reader()
                .totals(
                    unique,
                    from,
                    to,
                    after,
                    total ->
                        Optional.of(total).filter(ViewReaderContract::isOdd).map(TotalRow::sortKey),
                    limit));
  }

  private static boolean isOdd(TotalRow total) {
    return total.amounts().getOrDefault("amount", BigInteger.ZERO).testBit(0);
  }
}
