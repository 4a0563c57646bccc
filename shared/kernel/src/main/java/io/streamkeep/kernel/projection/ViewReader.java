package io.streamkeep.kernel.projection;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads lists and totals of views, eventually consistent. */
public interface ViewReader {

  /**
   * A row or a total, at its place in a list.
   *
   * @param name the row's stream, or the total's sort key
   * @param value null if what is stored can't be read
   */
  record Listed<T>(String sortKey, String name, @Nullable T value) {

    /**
     * Reads what is stored; empty if {@code stored} is. Reading is pure, so any exception means
     * damage.
     */
    public static <T> Optional<Listed<T>> read(
        String sortKey, String name, Supplier<Optional<T>> stored) {
      Optional<T> value;
      try {
        value = stored.get();
      } catch (RuntimeException e) {
        return Optional.of(new Listed<>(sortKey, name, null));
      }
      return value.map(readable -> new Listed<>(sortKey, name, readable));
    }
  }

  /** A part of a list, and whether there is more after it. */
  record Page<T>(List<Listed<T>> items, boolean more) {
    public Page {
      items = List.copyOf(items);
    }

    /** The first items of a list, at most {@code limit}. */
    public static <T> Page<T> of(Stream<Listed<T>> list, int limit) {
      List<Listed<T>> found = list.limit(limit + 1L).toList();
      return new Page<>(found.stream().limit(limit).toList(), found.size() > limit);
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
   * Rows of a list, greatest sort key first.
   *
   * @param read reads a row from its JSON object; pure
   * @param before a sort key below which the page starts, or null for the greatest
   * @param limit the maximum number of results
   */
  <T> Page<T> list(String list, Function<String, T> read, @Nullable String before, int limit);

  /**
   * Totals of a group, lowest sort key first, from one sort key to another by text order; a sort
   * key that begins with {@code to} is included.
   *
   * @param after a sort key in the range after which the page starts, or null for its start
   * @param read selects and converts; totals for which it returns nothing are skipped; pure
   * @param limit the maximum number of results
   */
  <T> Page<T> totals(
      String group,
      String from,
      String to,
      @Nullable String after,
      Function<TotalRow, Optional<T>> read,
      int limit);
}
