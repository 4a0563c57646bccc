package io.streamkeep.inspection;

import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row with its cursor, comparable across stores.
 *
 * @param data one JSON object, or null if there is no row
 */
public record RowSnapshot(@Nullable String data, long commit) {

  public static RowSnapshot of(StoredRow stored) {
    return new RowSnapshot(stored.data(), stored.commit());
  }

  /** The row that all commits of a stream result in. */
  public static RowSnapshot folded(Projection<?, ?> projection, List<Commit> commits) {
    return new RowSnapshot(fold(projection, commits).data(), commits.getLast().number());
  }

  static Row fold(Projection<?, ?> projection, List<Commit> commits) {
    @Nullable Row row = null;
    for (Commit commit : commits) {
      row = projection.apply(row, commit);
    }
    return Objects.requireNonNull(row);
  }

  @Override
  public String toString() {
    return data + " at commit " + commit;
  }
}
