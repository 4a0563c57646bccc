package io.streamkeep.retail;

import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.Total;
import io.streamkeep.kernel.View;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A view as it was kept before: each row whole. */
record WholeView(View view) implements View {

  @Override
  public String name() {
    return view.name();
  }

  @Override
  public String category() {
    return view.category();
  }

  @Override
  public Set<String> lasting() {
    return Set.of();
  }

  @Override
  public List<Total> totals(Row row) {
    return view.totals(row);
  }

  @Override
  public Row apply(@Nullable Row row, Commit commit) {
    return view.apply(row, commit);
  }
}
