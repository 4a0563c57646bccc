package io.streamkeep.inspection;

import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.Commit;


import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row with its cursor, comparable across stores. */
public record RowSnapshot(@Nullable Row row, long commit) {

  public static RowSnapshot of(Projected stored) {
    return new RowSnapshot(stored.row(), stored.commit());
  }

  /** The row that all commits of a stream result in. */
  public static RowSnapshot folded(View view, List<Commit> commits) {
    @Nullable Row row = null;
    for (Commit commit : commits) {
      row = view.apply(row, commit);
    }
    return new RowSnapshot(row, commits.getLast().number());
  }

  @Override
  public String toString() {
    return row + " at commit " + commit;
  }
}
