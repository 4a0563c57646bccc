package io.streamkeep.kernel.projection;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads lists and totals of views, eventually consistent. */
public interface ViewReader {

  /**
   * A part of a list.
   *
   * @param next the sort key after which the list continues, or null at its end
   */
  record Page<T>(List<T> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * A total over many streams.
   *
   * @param amounts the amounts by name; a sum over many streams has no bound
   */
  record TotalRow(String sortKey, Map<String, BigInteger> amounts) {
    public TotalRow {
      amounts = Map.copyOf(amounts);
    }
  }

  /**
   * Rows of a list as JSON objects, greatest sort key first.
   *
   * @param before a sort key below which the page starts, or null for the greatest
   * @param limit the maximum number of results
   */
  Page<String> list(String list, @Nullable String before, int limit);

  /**
   * Totals of a group, lowest sort key first, from one sort key to another by text order; a sort
   * key that begins with {@code to} is included.
   *
   * @param after a sort key in the range after which the page starts, or null for its start
   * @param wanted selects; totals that it does not accept are read and skipped
   * @param limit the maximum number of results
   */
  Page<TotalRow> totals(
      String group,
      String from,
      String to,
      @Nullable String after,
      Predicate<TotalRow> wanted,
      int limit);
}
