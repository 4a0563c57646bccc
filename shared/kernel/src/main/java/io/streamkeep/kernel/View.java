package io.streamkeep.kernel;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A read model that keeps one row for each stream, folded from the stream's commits. Pure. */
public interface View {

  /** Its stored name. */
  String name();

  /** The category of the streams that it is folded from. */
  String category();

  /**
   * Members of a row's object that are large and seldom change. A store may keep them apart, so
   * that other changes don't pay for their bytes; not those of a row that is listed.
   */
  default Set<String> lasting() {
    return Set.of();
  }

  /**
   * What a row adds to totals over many streams; at most 99 may change with it. Row and cursor are
   * the gate that has each commit counted once: a row that was thrown away would be folded anew and
   * count a second time, so it is put right and never deleted.
   */
  default List<Total> totals(Row row) {
    return List.of();
  }

  /** The row after a commit; {@code row} is null before the stream's first. */
  Row apply(@Nullable Row row, Commit commit);

  /**
   * What a view says of a stream.
   *
   * @param data one JSON object
   * @param place where it is listed, or null if it is not
   */
  record Row(String data, @Nullable Place place) {}

  /** A place in a list: which list, and where in it (by text order). */
  record Place(String group, String rank) {}
}
