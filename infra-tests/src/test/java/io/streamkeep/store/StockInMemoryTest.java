package io.streamkeep.store;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.EventStore;
import org.junit.jupiter.api.Tag;

@Tag("fast")
final class StockInMemoryTest extends StockSuite {

  private final EventStore store = new InMemoryEventStore();

  @Override
  EventStore store() {
    return store;
  }
}
