package io.streamkeep.bench;

import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.Commit;


import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view whose rows are never split: no field is stored apart as rarely changing. */
record WholeRowView(View view) implements View {

  @Override
  public String name() {
    return view.name();
  }

  @Override
  public String category() {
    return view.category();
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
