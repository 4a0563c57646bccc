package io.streamkeep.kernel;

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
