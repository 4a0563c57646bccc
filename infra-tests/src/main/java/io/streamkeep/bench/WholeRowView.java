package io.streamkeep.bench;

import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A view whose rows are never split: no field is stored apart as rarely changing. */
record WholeRowView<E, R>(View<E, R> view) implements View<E, R> {

  static <E, R> Projection<E, R> of(Projection<E, R> projection) {
    return new Projection<>(
        projection.category(), projection.events(), new WholeRowView<>(projection.view()));
  }

  @Override
  public String name() {
    return view.name();
  }

  @Override
  public R apply(String key, @Nullable R row, E event) {
    return view.apply(key, row, event);
  }

  @Override
  public RowCodec<R> codec() {
    return view.codec();
  }

  @Override
  public @Nullable ListKey listKey(R row) {
    return view.listKey(row);
  }

  @Override
  public List<AggregateTotal> totals(R row) {
    return view.totals(row);
  }
}
