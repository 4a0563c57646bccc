package io.streamkeep.bench;

import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.store.RecordedEvent;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An aggregate that delivery is measured with.
 *
 * @param name in reports
 * @param commits the number after which a stream ends
 * @param events the event of each commit
 */
record SampleAggregate(
    String name, String category, int commits, Events events, List<Projection<?, ?>> views) {

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

  static SampleAggregate of(
      String name, AggregateModule<?, ?, ?> module, int commits, Events events) {
    return new SampleAggregate(name, module.category(), commits, events, module.projections());
  }

  /** {@link BenchAggregate} with views of its own. */
  static SampleAggregate bench(String category, int commits, int views) {
    return new SampleAggregate(
        "bench",
        category,
        commits,
        (stream, number) ->
            BenchAggregate.DECIDER.encode(BenchAggregate.readable(stream, 1, 120).getFirst()),
        IntStream.rangeClosed(1, views)
            .<Projection<?, ?>>mapToObj(
                number -> BenchAggregate.projection("bench-" + number, category))
            .toList());
  }
}
