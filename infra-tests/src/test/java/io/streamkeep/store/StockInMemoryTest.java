package io.streamkeep.store;

import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import org.junit.jupiter.api.Tag;

@Tag("fast")
final class StockInMemoryTest extends StockSuite {

  private final EventStore store = new InMemoryEventStore();

  @Override
  EventStore store() {
    return store;
  }
}
