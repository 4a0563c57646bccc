package io.streamkeep.bench;

import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.store.RecordedEvent;
import java.util.List;

/**
 * An aggregate that delivery is measured with.
 *
 * @param name in reports
 * @param commits the number after which a stream ends
 * @param events the event of each commit
 */
record SampleAggregate(String name, AggregateModule<?, ?, ?> module, int commits, Events events) {

  /** Commits without end. */
  static final int ENDLESS = Integer.MAX_VALUE;

  /** The event of a stream's commit; the same for the same stream and number. */
  interface Events {
    RecordedEvent event(int stream, int number);
  }

  /** The product's aggregates: the only place where a new one is added to the benchmarks. */
  static List<SampleAggregate> all() {
    return List.of(OrderLifecycle.AGGREGATE);
  }

  /** {@link BenchAggregate} with streams and views of its own. */
  static SampleAggregate bench(String category, int commits, int views) {
    return new SampleAggregate(
        "bench",
        BenchAggregate.module(category, views),
        commits,
        (stream, number) ->
            BenchAggregate.DECIDER.encode(BenchAggregate.readable(stream, 1, 120).getFirst()));
  }

  String category() {
    return module.category();
  }

  List<Projection<?, ?>> views() {
    return module.projections();
  }
}
