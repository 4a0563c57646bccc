package io.streamkeep.store;

import io.streamkeep.kernel.EventStore;
import io.streamkeep.testkit.InMemoryEventStore;
import org.junit.jupiter.api.Tag;

@Tag("fast")
final class StockInMemoryTest extends StockSuite {

  private final EventStore store = new InMemoryEventStore();

  @Override
  EventStore store() {
    return store;
  }
}
