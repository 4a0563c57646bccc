package io.streamkeep.inspection;

import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row and its cursor, as any store has them. */
public record Seen(@Nullable Row row, long commit) {

  public static Seen of(StoredRow found) {
    return new Seen(found.row(), found.commit());
  }

  /** As they have to be after these commits, all of a stream. */
  public static Seen folded(View view, List<Commit> commits) {
    @Nullable Row row = null;
    for (Commit commit : commits) {
      row = view.apply(row, commit);
    }
    return new Seen(row, commits.getLast().number());
  }

  /** So that a difference can be read. */
  @Override
  public String toString() {
    return row + " at commit " + commit;
  }
}
