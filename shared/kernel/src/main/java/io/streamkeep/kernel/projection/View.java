package io.streamkeep.kernel.projection;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read model with one row for each stream, folded from the stream's events. Pure.
 *
 * @param <E> events, a sealed interface of records
 * @param <R> rows
 */
public interface View<E, R> {

  /** Its stored name, such as {@code customer-orders}. */
  String name();

  /**
   * The row after an event.
   *
   * @param key the stream's, such as an order's id
   * @param row null before the stream's first event
   */
  R apply(String key, @Nullable R row, E event);

  /** The stored format of rows. */
  RowCodec<R> codec();

  /** The position of the row in a list, or null if it is not listed. */
  default @Nullable ListKey listKey(R row) {
    return null;
  }

  /**
   * The amounts that the row adds to totals over many streams. At most {@value
   * AggregateTotal#MAX_CHANGES} may change with it. The row's cursor ensures that each commit is
   * counted once. A deleted row would be folded anew and counted twice, so a broken row is
   * repaired, never deleted.
   */
  default List<AggregateTotal> totals(R row) {
    return List.of();
  }

  /**
   * Members of a row's JSON object that are large and rarely change. A store may keep them in an
   * item of their own, so that other changes don't pay for their bytes. Not supported for rows that
   * are listed.
   */
  default Set<String> rarelyChangingFields() {
    return Set.of();
  }

  /** The position of a row in a list: the list, and a sort key in text order. */
  record ListKey(String list, String sortKey) {}
}
