package io.streamkeep.bench;

import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.kernel.store.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Orders that are placed, confirmed and completed, each in a commit of its own. */
final class OrderLifecycle {

  static final SampleAggregate AGGREGATE =
      new SampleAggregate("orders", OrderModule.ORDER, 3, OrderLifecycle::event);

  private OrderLifecycle() {}

  private static RecordedEvent event(int order, int number) {
    return OrderModule.ORDER
        .aggregate()
        .events()
        .encode(
            switch (number) {
              case 1 -> placed(new Random(order));
              case 2 -> new OrderEvent.Confirmed();
              default -> new OrderEvent.Completed();
            });
  }

  private static OrderEvent placed(Random random) {
    List<Line> lines =
        IntStream.rangeClosed(1, random.nextInt(1, 21)).mapToObj(i -> line(random)).toList();
    return new OrderEvent.Placed(
        Integer.toString(random.nextInt(14_000, 14_040)),
        "United Kingdom",
        "GBP",
        Instant.parse("2026-03-02T09:05:00.123Z"),
        lines,
        lines.stream().mapToLong(line -> line.quantity() * line.unitPrice()).sum());
  }

  private static Line line(Random random) {
    String sku = Integer.toString(random.nextInt(20_000, 25_000));
    return new Line(sku, "GOODS OF NUMBER " + sku, random.nextInt(1, 25), random.nextInt(1, 2001));
  }
}
