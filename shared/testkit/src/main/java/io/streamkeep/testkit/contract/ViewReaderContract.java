package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewReader.Page;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.StreamId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static <T> List<List<T>> pages(Function<@Nullable String, Page<T>> read) {
    List<List<T>> pages = new ArrayList<>();
    @Nullable String next = null;
    do {
      Page<T> page = read.apply(next);
      pages.add(page.items());
      next = page.next();
    } while (next != null);
    return pages;
  }

  @Test
  void listIsReadInPagesFromItsGreatestSortKey() {
    for (int i = 0; i < 25; i++) {
      put(i, new ListKey(unique, "%03d".formatted(i)), List.of());
    }
    put(25, new ListKey("another-" + unique, "000"), List.of());
    put(26, null, List.of());

    List<List<String>> pages = pages(before -> reader().list(unique, before, 10));

    assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(pages.stream().flatMap(List::stream))
        .hasSize(25)
        .startsWith("{\"n\":24}", "{\"n\":23}")
        .endsWith("{\"n\":0}");
    assertThat(pages(before -> reader().list("missing-" + unique, before, 10)))
        .containsExactly(List.of());
  }

  @Test
  void rowMovesFromListToList() {
    put(1, new ListKey(unique, "1"), List.of());
    StreamId stream = new StreamId("contract", "1-" + unique);
    Row moved = new Row("{\"n\":2}", new ListKey("other-" + unique, "1"), Set.of());
    store().put(VIEW, stream, store().find(VIEW, stream), moved, 2, List.of());

    assertThat(reader().list(unique, null, 10).items()).isEmpty();
    assertThat(reader().list("other-" + unique, null, 10).items()).containsExactly("{\"n\":2}");
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
            after -> reader().totals(unique, from, to, after, ViewReaderContract::isOdd, limit))
        .stream()
        .map(page -> page.stream().map(TotalRow::sortKey).toList())
        .toList();
  }

  private static boolean isOdd(TotalRow total) {
    return total.amounts().getOrDefault("amount", BigInteger.ZERO).testBit(0);
  }
}
