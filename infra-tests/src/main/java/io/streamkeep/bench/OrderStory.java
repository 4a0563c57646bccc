package io.streamkeep.bench;

import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderEventCodec;
import io.streamkeep.kernel.store.RecordedEvent;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What happens to every order: it is placed, confirmed and completed, a commit each. */
final class OrderStory {

  static final int COMMITS = 3;

  private static final int CUSTOMERS = 40;
  private static final int MOST_LINES = 20;
  private static final Instant PLACED = Instant.parse("2026-03-02T09:05:00.123Z");
  private static final OrderEventCodec FORMAT = new OrderEventCodec();

  private OrderStory() {}

  /** The event of an order's commit, the same for the same order. */
  static RecordedEvent event(int order, long number) {
    return FORMAT.encode(
        switch (Math.toIntExact(number)) {
          case 1 -> placed(new Random(order));
          case 2 -> new OrderEvent.Confirmed();
          case COMMITS -> new OrderEvent.Completed();
          default -> throw new IllegalArgumentException("An order has no commit " + number);
        });
  }

  private static OrderEvent placed(Random random) {
    List<Line> lines =
        IntStream.rangeClosed(1, random.nextInt(1, MOST_LINES + 1))
            .mapToObj(i -> line(random))
            .toList();
    return new OrderEvent.Placed(
        Integer.toString(14_000 + random.nextInt(CUSTOMERS)),
        "United Kingdom",
        "GBP",
        PLACED,
        lines,
        lines.stream().mapToLong(line -> line.quantity() * line.unitPrice()).sum());
  }

  private static Line line(Random random) {
    String sku = Integer.toString(20_000 + random.nextInt(5_000));
    return new Line(
        sku, "GOODS OF NUMBER " + sku, 1 + random.nextInt(24), 1 + random.nextInt(2_000));
  }
}
