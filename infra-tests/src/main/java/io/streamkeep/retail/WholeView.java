package io.streamkeep.retail;

import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.Commit;

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
  public List<AggregateTotal> totals(Row row) {
    return view.totals(row);
  }

  @Override
  public Row apply(@Nullable Row row, Commit commit) {
    return view.apply(row, commit);
  }
}
